module xsoar-duo/test/peers/duo-api-golang

go 1.18

require github.com/duosecurity/duo_api_golang v0.0.0-20250430191550-ac36954387e7
