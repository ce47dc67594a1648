-- /etc/haproxy/duo.lua: asks the login gateway whether a request may pass.
-- Sets txn.duo_status (0 when the gateway does not answer), txn.duo_user and txn.duo_location.
local gateway = "http://127.0.0.1:8443"

-- A header as one value. One that a client repeats is joined, and the gateway refuses it.
local function joined(headers, name, separator)
  local values = {}
  for _, value in pairs(headers[name] or {}) do
    values[#values + 1] = value
  end
  return table.concat(values, separator)
end

core.register_action("duo_ask", { "http-req" }, function(txn, endpoint)
  local headers = txn.http:req_get_headers()
  local question = {
    ["host"] = { joined(headers, "host", ",") },
    ["x-forwarded-for"] = { txn.f:src() },
    ["x-forwarded-proto"] = { "https" },
    ["x-forwarded-host"] = { joined(headers, "host", ",") },
    ["x-forwarded-uri"] = { txn.f:pathq() },
    ["x-forwarded-method"] = { txn.f:method() },
  }
  for name, separator in pairs({ accept = ",", cookie = "; ", authorization = ",", origin = ",", ["sec-fetch-site"] = "," }) do
    if headers[name] then
      question[name] = { joined(headers, name, separator) }
    end
  end
  local response = core.httpclient():get({ url = gateway .. endpoint, timeout = 10000, headers = question })
  local status = response and response.status or 0
  txn:set_var("txn.duo_status", status)
  if status == 200 then
    txn:set_var("txn.duo_user", joined(response.headers, "remote-user", ","))
  elseif status == 302 then
    txn:set_var("txn.duo_location", joined(response.headers, "location", ","))
  end
end, 1)
