// Command goja-host runs a Cortex XSOAR script in goja, as the server would: the server's own library
// in front, one function around both, everything synchronous.
//
// It reads a JSON object per line from standard input and answers with one per line:
//
//	{"command": "duo-check", "params": {}, "args": {}, "version": {"version": "8.4.0"}}
//	{"result": {}, "calls": [], "logs": [], "waits": [], "totalMs": 12.3, "httpMs": 4.5}
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

func main() {
	scriptPath := flag.String("script", "", "the bundle to run")
	preludePath := flag.String("prelude", "", "code to put in front of the bundle, as the server does")
	caPath := flag.String("ca", "", "certificate authorities to trust, in PEM")
	flag.Parse()
	if err := serve(*scriptPath, *preludePath, *caPath); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(scriptPath, preludePath, caPath string) error {
	source, err := readSource(scriptPath, preludePath)
	if err != nil {
		return err
	}
	roots, err := readRoots(caPath)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16*1024*1024)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var job job
		if err := json.Unmarshal(lines.Bytes(), &job); err != nil {
			return err
		}
		if err := answers.Encode(run(source, job, roots)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func readSource(scriptPath, preludePath string) (string, error) {
	script, err := os.ReadFile(scriptPath)
	if err != nil || preludePath == "" {
		return string(script), err
	}
	prelude, err := os.ReadFile(preludePath)
	return string(prelude) + "\n" + string(script), err
}
