module xsoar-duo/goja-host

go 1.21

require github.com/dop251/goja v0.0.0-20220815083517-0c74f9139fd6

require (
	github.com/dlclark/regexp2 v1.7.0 // indirect
	github.com/go-sourcemap/sourcemap v2.1.3+incompatible // indirect
	golang.org/x/text v0.3.7 // indirect
)
