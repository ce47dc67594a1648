module xsoar-duo/bench/clients/duo-api-golang

go 1.22

require github.com/duosecurity/duo_api_golang v0.0.0-20250430191550-ac36954387e7
