// Drives Duo's Go client: one JSON call a line in, one JSON answer a line out.
//
// Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE, DUO_SIGNATURE (2: the typed Auth API;
// 5: the same calls through JSONSignedCall).
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	duoapi "github.com/duosecurity/duo_api_golang"
	"github.com/duosecurity/duo_api_golang/authapi"
)

type request struct {
	Call string
	Args map[string]string
}

type failure struct {
	Code   *int32  `json:"code"`
	Detail *string `json:"detail"`
	Text   string  `json:"text"`
}

type reply struct {
	Ok    any      `json:"ok,omitempty"`
	Error *failure `json:"error,omitempty"`
}

type option = func(*url.Values)

var preauthOptions = map[string]func(string) option{
	"username":             authapi.PreauthUsername,
	"user_id":              authapi.PreauthUserId,
	"ipaddr":               authapi.PreauthIpAddr,
	"trusted_device_token": authapi.PreauthTrustedToken,
}

var authOptions = map[string]func(string) option{
	"username":         authapi.AuthUsername,
	"user_id":          authapi.AuthUserId,
	"ipaddr":           authapi.AuthIpAddr,
	"async":            func(string) option { return authapi.AuthAsync() },
	"device":           authapi.AuthDevice,
	"type":             authapi.AuthType,
	"display_username": authapi.AuthDisplayUsername,
	"pushinfo":         authapi.AuthPushinfo,
	"passcode":         authapi.AuthPasscode,
}

func options(known map[string]func(string) option, args map[string]string) []option {
	chosen := []option{}
	for name, value := range args {
		if set, ok := known[name]; ok {
			chosen = append(chosen, set(value))
		}
	}
	return chosen
}

// lowered writes the client's structs with the names of the wire, which they capitalize.
func lowered(value any) any {
	switch typed := value.(type) {
	case map[string]any:
		result := map[string]any{}
		for name, item := range typed {
			result[strings.ToLower(name)] = lowered(item)
		}
		return result
	case []any:
		for index, item := range typed {
			typed[index] = lowered(item)
		}
	}
	return value
}

func plain(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var result any
	if err := json.Unmarshal(text, &result); err != nil {
		panic(err)
	}
	return lowered(result)
}

func answer(stat duoapi.StatResult, response any, err error) reply {
	if err != nil {
		return reply{Error: &failure{Text: err.Error()}}
	}
	if stat.Stat != "OK" {
		return reply{Error: &failure{Code: stat.Code, Detail: stat.Message_Detail}}
	}
	return reply{Ok: plain(response)}
}

func typedCall(api *authapi.AuthApi, call string, args map[string]string) reply {
	switch call {
	case "ping":
		result, err := api.Ping()
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "check":
		result, err := api.Check()
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "logo":
		result, err := api.Logo()
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, map[string]string{}, nil)
	case "enroll":
		chosen := []option{}
		if username, ok := args["username"]; ok {
			chosen = append(chosen, authapi.EnrollUsername(username))
		}
		result, err := api.Enroll(chosen...)
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "enroll_status":
		result, err := api.EnrollStatus(args["user_id"], args["activation_code"])
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "preauth":
		result, err := api.Preauth(options(preauthOptions, args)...)
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "auth":
		result, err := api.Auth(args["factor"], options(authOptions, args)...)
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	case "auth_status":
		result, err := api.AuthStatus(args["txid"])
		if err != nil {
			return answer(duoapi.StatResult{}, nil, err)
		}
		return answer(result.StatResult, result.Response, nil)
	}
	return answer(duoapi.StatResult{}, nil, fmt.Errorf("no call %q", call))
}

func jsonCall(api *duoapi.DuoApi, call string, args map[string]string) reply {
	method := http.MethodPost
	switch call {
	case "ping", "check", "logo", "auth_status":
		method = http.MethodGet
	}
	params := duoapi.JSONParams{}
	for name, value := range args {
		params[name] = value
	}
	response, body, err := api.JSONSignedCall(method, "/auth/v2/"+call, params)
	if err != nil {
		return answer(duoapi.StatResult{}, nil, err)
	}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "image/") {
		return reply{Ok: map[string]string{"image": string(body[1:4])}}
	}
	var envelope struct {
		duoapi.StatResult
		Response any
	}
	if err := json.Unmarshal(body, &envelope); err != nil {
		return answer(duoapi.StatResult{}, nil, err)
	}
	envelope.SyncCode()
	return answer(envelope.StatResult, envelope.Response, nil)
}

func trustFile(path string) func(*http.Transport) {
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

func main() {
	api := duoapi.NewDuoApi(
		os.Getenv("DUO_IKEY"),
		os.Getenv("DUO_SKEY"),
		"localhost:"+os.Getenv("DUO_PORT"),
		"xsoar-duo-peer",
		duoapi.SetTimeout(90*time.Second),
		duoapi.SetTransport(trustFile(os.Getenv("DUO_CA_FILE"))),
	)
	typed := authapi.NewAuthApi(*api)
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var asked request
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			panic(err)
		}
		var result reply
		if os.Getenv("DUO_SIGNATURE") == "5" {
			result = jsonCall(api, asked.Call, asked.Args)
		} else {
			result = typedCall(typed, asked.Call, asked.Args)
		}
		if err := output.Encode(result); err != nil {
			panic(err)
		}
	}
}
