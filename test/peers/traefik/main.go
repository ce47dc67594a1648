// Command traefik-router says which router of Traefik takes a request, by Traefik's own code. Traefik as a
// whole does not build from the modules that Go's proxy has; its matcher of rules does.
//
// It reads one JSON object from standard input and writes a list: for each request the name of its router,
// or "" where none matches.
//
//	{"routers": [{"name": "a", "rule": "Host(`x`)", "priority": 1}], "requests": ["GET / HTTP/1.1\r\nHost: x\r\n\r\n"]}
// cspell:ignore muxer
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/traefik/traefik/v3/pkg/middlewares/requestdecorator"
	muxer "github.com/traefik/traefik/v3/pkg/muxer/http"
)

type question struct {
	Routers []struct {
		Name     string
		Rule     string
		Priority int
	}
	Requests []string
}

func main() {
	if err := answer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() error {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	parser, err := muxer.NewSyntaxParser()
	if err != nil {
		return err
	}
	routers := muxer.NewMuxer(parser, nil)
	for _, router := range asked.Routers {
		name := router.Name
		handler := http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
			response.Header().Set("Router", name)
		})
		if err := routers.AddRoute(router.Rule, "v3", router.Priority, "file", handler); err != nil {
			return err
		}
	}
	decorator := requestdecorator.New(nil)
	names := make([]string, 0, len(asked.Requests))
	for _, text := range asked.Requests {
		request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return fmt.Errorf("%q: %w", text, err)
		}
		response := httptest.NewRecorder()
		decorator.ServeHTTP(response, request, routers.ServeHTTP)
		names = append(names, response.Header().Get("Router"))
	}
	return json.NewEncoder(os.Stdout).Encode(names)
}
