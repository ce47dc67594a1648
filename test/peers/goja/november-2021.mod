module xsoar-duo/goja-host

go 1.21

require github.com/dop251/goja v0.0.0-20211115154819-26ebff68a7d5

require (
	github.com/dlclark/regexp2 v1.4.1-0.20201116162257-a2a8dda75c91 // indirect
	github.com/go-sourcemap/sourcemap v2.1.3+incompatible // indirect
	golang.org/x/text v0.3.6 // indirect
)
