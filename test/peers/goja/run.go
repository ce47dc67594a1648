package main

import (
	"crypto/x509"
	"encoding/json"
	"time"

	"github.com/dop251/goja"
)

// A job is one run of the script.
type job struct {
	Command string          `json:"command"`
	Params  json.RawMessage `json:"params"`
	Args    json.RawMessage `json:"args"`
	// What demistoVersion() gives. Without it the server has no such function.
	Version json.RawMessage `json:"version"`
	// What http() gives instead of asking anyone.
	Replies []json.RawMessage `json:"replies"`
	// Names of the server that are not there, or throw.
	Missing []string `json:"missing"`
	Failing []string `json:"failing"`
}

// Phases say where the time of a run with one request goes.
type phases struct {
	ParseMs   float64 `json:"parseMs"`
	PrepareMs float64 `json:"prepareMs"`
	SignMs    float64 `json:"signMs"`
	ReadMs    float64 `json:"readMs"`
}

// An answer is what the script returned, or how it failed, and what it asked of the server.
type answer struct {
	Result json.RawMessage `json:"result,omitempty"`
	Thrown string          `json:"thrown,omitempty"`
	// Names that the script left in the global scope.
	Leaked  []string  `json:"leaked"`
	Calls   []call    `json:"calls"`
	Logs    []string  `json:"logs"`
	Waits   []float64 `json:"waits"`
	TotalMs float64   `json:"totalMs"`
	HTTPMs  float64   `json:"httpMs"`
	Phases  phases    `json:"phases"`
}

// run gives every job an engine of its own. Its time goes from parsing to the value returned.
func run(source string, job job, roots *x509.CertPool) answer {
	vm := goja.New()
	server := &server{vm: vm, roots: roots}
	server.provide(job)
	before := globalNames(vm)

	started := time.Now()
	program, err := goja.Compile("", "(function () {\n"+source+"\n})()", false)
	parsed := time.Now()
	var value goja.Value
	if err == nil {
		value, err = vm.RunProgram(program)
	}
	ended := time.Now()

	result := answer{
		Leaked:  newNames(globalNames(vm), before),
		Calls:   server.calls,
		Logs:    server.logs,
		Waits:   server.waits,
		TotalMs: milliseconds(ended.Sub(started)),
		HTTPMs:  milliseconds(server.httpTime),
	}
	if len(server.calls) == 1 {
		result.Phases = phases{
			ParseMs:   milliseconds(parsed.Sub(started)),
			PrepareMs: milliseconds(server.signing.Sub(parsed)),
			SignMs:    milliseconds(server.asked.Sub(server.signing)),
			ReadMs:    milliseconds(ended.Sub(server.answered)),
		}
	}
	if err != nil {
		result.Thrown = err.Error()
		return result
	}
	text, err := stringify(vm, value)
	if err != nil {
		result.Thrown = err.Error()
		return result
	}
	result.Result = json.RawMessage(text)
	return result
}

func milliseconds(duration time.Duration) float64 {
	return float64(duration.Microseconds()) / 1000
}

// stringify uses the engine's own JSON, so that nothing is lost on the way through Go.
func stringify(vm *goja.Runtime, value goja.Value) (string, error) {
	if goja.IsUndefined(value) {
		return "null", nil
	}
	stringify, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
	text, err := stringify(goja.Undefined(), value)
	if err != nil {
		return "", err
	}
	return text.String(), nil
}

func globalNames(vm *goja.Runtime) map[string]bool {
	names := map[string]bool{}
	for _, name := range vm.GlobalObject().Keys() {
		names[name] = true
	}
	return names
}

func newNames(now, before map[string]bool) []string {
	names := []string{}
	for name := range now {
		if !before[name] {
			names = append(names, name)
		}
	}
	return names
}
