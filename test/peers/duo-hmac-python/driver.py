"""Drives duo_hmac of PyPI, which signs and leaves the sending to others: here to urllib.

One JSON call a line in, one JSON answer a line out.
Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE.
"""

import json
import os
import ssl
import sys
import urllib.error
import urllib.request

from duo_hmac.duo_hmac import DuoHmac

READS = {"ping", "check", "logo", "auth_status"}

signer = DuoHmac(
    os.environ["DUO_IKEY"], os.environ["DUO_SKEY"], f"localhost:{os.environ['DUO_PORT']}"
)
context = ssl.create_default_context(cafile=os.environ["DUO_CA_FILE"])


def run(call, args):
    method = "GET" if call in READS else "POST"
    uri, body, headers = signer.get_authentication_components(
        method, f"/auth/v2/{call}", args, {}
    )
    request = urllib.request.Request(
        f"https://{uri}",
        data=body.encode() if method == "POST" else None,
        headers=headers,
        method=method,
    )
    try:
        with urllib.request.urlopen(request, context=context, timeout=90) as response:
            content = response.read()
    except urllib.error.HTTPError as error:
        content = error.read()
    if content[1:4] == b"PNG":
        return {"ok": {"image": "PNG"}}
    answer = json.loads(content)
    if answer["stat"] == "OK":
        return {"ok": answer["response"]}
    return {
        "error": {
            "code": answer["code"],
            "detail": answer.get("message_detail"),
            "text": answer["message"],
        }
    }


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(run(request["call"], request["args"])), flush=True)
