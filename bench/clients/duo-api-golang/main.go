// Duo's Go client: a JSON task a line in, its milliseconds a line out.
//
// Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"os"
	"runtime"
	"sync"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/authapi"
)

type task struct {
	Task     string
	Count    int
	InFlight int
}

func authorities(path string) func(*http.Transport) {
	pem, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return func(transport *http.Transport) {
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
}

func call(api *authapi.AuthApi) {
	result, err := api.Preauth(authapi.PreauthUsername("alice"), authapi.PreauthIpAddr("203.0.113.7"))
	if err != nil {
		panic(err)
	}
	if result.Response.Result != "auth" {
		panic("The preauth gave " + result.Response.Result)
	}
}

func runCalls(api *authapi.AuthApi, asked task) {
	left := make(chan struct{}, asked.Count)
	for range asked.Count {
		left <- struct{}{}
	}
	close(left)
	var workers sync.WaitGroup
	for range asked.InFlight {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for range left {
				call(api)
			}
		}()
	}
	workers.Wait()
}

func main() {
	api := authapi.NewAuthApi(*duoapi.NewDuoApi(
		os.Getenv("DUO_IKEY"),
		os.Getenv("DUO_SKEY"),
		"localhost:"+os.Getenv("DUO_PORT"),
		"xsoar-duo-bench",
		duoapi.SetTimeout(90*time.Second),
		duoapi.SetTransport(authorities(os.Getenv("DUO_CA_FILE"))),
	))
	output := json.NewEncoder(os.Stdout)
	write := func(value any) {
		if err := output.Encode(value); err != nil {
			panic(err)
		}
	}
	write(map[string]string{"go": runtime.Version()})
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		var asked task
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			panic(err)
		}
		if asked.Task != "calls" {
			write(map[string]any{"milliseconds": nil})
			continue
		}
		started := time.Now()
		runCalls(api, asked)
		write(map[string]float64{"milliseconds": float64(time.Since(started).Microseconds()) / 1000})
	}
}
