package main

import (
	"crypto/x509"
	"encoding/json"
	"time"

	"github.com/dop251/goja"
)

// A server replaces XSOAR's: it gives a script the names that XSOAR gives it.
type server struct {
	vm       *goja.Runtime
	roots    *x509.CertPool
	calls    []call
	logs     []string
	waits    []float64
	httpTime time.Duration
	// What http() gives instead of asking anyone.
	replies []json.RawMessage
	// When the script last read the clock before its first request, and when that came and went.
	signing, asked, answered time.Time
}

// provide sets the globals of one run.
func (server *server) provide(job job) {
	vm := server.vm
	server.replies = job.Replies
	vm.SetTimeSource(server.now)
	vm.Set("command", job.Command)
	vm.Set("params", server.parse(job.Params))
	vm.Set("args", server.parse(job.Args))
	vm.Set("http", server.http)
	vm.Set("wait", func(seconds float64) { server.waits = append(server.waits, seconds) })
	for _, name := range []string{"log", "logDebug", "logInfo", "logError"} {
		vm.Set(name, func(text string) { server.logs = append(server.logs, text) })
	}
	if job.Version != nil {
		version := server.parse(job.Version)
		vm.Set("demistoVersion", func() goja.Value { return version })
	}
	for _, name := range job.Missing {
		vm.GlobalObject().Delete(name)
	}
	for _, name := range job.Failing {
		vm.Set(name, func() { panic(vm.ToValue("the server's own trouble")) })
	}
}

// now is the clock that scripts read. The script reads it right before it signs.
func (server *server) now() time.Time {
	now := time.Now()
	if server.asked.IsZero() {
		server.signing = now
	}
	return now
}

// parse makes an object of the engine's own, as scripts get them, and no wrapped Go map.
func (server *server) parse(text json.RawMessage) goja.Value {
	if text == nil {
		return server.vm.NewObject()
	}
	parse, _ := goja.AssertFunction(server.vm.Get("JSON").ToObject(server.vm).Get("parse"))
	value, err := parse(goja.Undefined(), server.vm.ToValue(string(text)))
	if err != nil {
		panic(err)
	}
	return value
}
