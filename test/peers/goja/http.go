package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// A request is the second argument of http().
type request struct {
	Method  string
	Headers map[string][]string
	Body    string
}

// A response is what http() gives back. StatusCode is -1 when there is no reply.
type response struct {
	StatusCode int
	Status     string
	Headers    map[string][]string
	Body       string
}

// A call is what the script asked of http(), without what is secret.
type call struct {
	URL       string   `json:"url"`
	Method    string   `json:"method"`
	Headers   []string `json:"headers"`
	Insecure  bool     `json:"insecure"`
	Proxy     bool     `json:"proxy"`
	TimeoutMs int64    `json:"timeoutMs"`
}

// http is the server's synchronous HTTP client:
// http(url, {Method, Headers, Body}, insecure, proxy, _, _, timeoutMs).
func (server *server) http(args goja.FunctionCall) goja.Value {
	var wanted request
	if err := server.vm.ExportTo(args.Argument(1), &wanted); err != nil {
		panic(server.vm.ToValue("http: " + err.Error()))
	}
	asked := call{
		URL:       args.Argument(0).String(),
		Method:    wanted.Method,
		Insecure:  args.Argument(2).ToBoolean(),
		Proxy:     args.Argument(3).ToBoolean(),
		TimeoutMs: args.Argument(6).ToInteger(),
	}
	for name := range wanted.Headers {
		asked.Headers = append(asked.Headers, name)
	}
	server.calls = append(server.calls, asked)

	started := time.Now()
	if server.asked.IsZero() {
		server.asked = started
	}
	defer func() {
		server.answered = time.Now()
		server.httpTime += server.answered.Sub(started)
	}()
	if server.replies != nil {
		return server.nextReply()
	}
	got := send(asked, wanted, server.roots)

	result := server.vm.NewObject()
	result.Set("StatusCode", got.StatusCode)
	result.Set("Status", got.Status)
	result.Set("Headers", got.Headers)
	result.Set("Body", got.Body)
	return result
}

// nextReply gives what the job wants given, or throws it.
func (server *server) nextReply() goja.Value {
	if len(server.replies) == 0 {
		panic(server.vm.ToValue("no reply is left"))
	}
	reply := server.parse(server.replies[0])
	server.replies = server.replies[1:]
	if object, isObject := reply.(*goja.Object); isObject {
		if thrown := object.Get("throws"); thrown != nil {
			panic(thrown)
		}
	}
	return reply
}

func send(asked call, wanted request, roots *x509.CertPool) response {
	reply, err := exchange(asked, wanted, roots)
	if err != nil {
		return response{StatusCode: -1, Status: reason(err)}
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		return response{StatusCode: -1, Status: reason(err)}
	}
	return response{
		StatusCode: reply.StatusCode,
		Status:     reply.Status,
		Headers:    reply.Header,
		Body:       string(body),
	}
}

func exchange(asked call, wanted request, roots *x509.CertPool) (*http.Response, error) {
	outgoing, err := http.NewRequest(wanted.Method, asked.URL, strings.NewReader(wanted.Body))
	if err != nil {
		return nil, err
	}
	for name, values := range wanted.Headers {
		outgoing.Header[http.CanonicalHeaderKey(name)] = values
	}
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, InsecureSkipVerify: asked.Insecure},
		DisableKeepAlives: true,
	}
	if asked.Proxy {
		transport.Proxy = http.ProxyFromEnvironment
	}
	client := &http.Client{
		Transport: transport,
		Timeout:   time.Duration(asked.TimeoutMs) * time.Millisecond,
	}
	return client.Do(outgoing)
}

func reason(err error) string {
	var network interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &network) && network.Timeout()) {
		return "timeout: " + err.Error()
	}
	return err.Error()
}

func readRoots(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New(path + " holds no certificate")
	}
	return roots, nil
}
