"""Drives Duo's Python client: one JSON call a line in, one JSON answer a line out.

Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE, DUO_SIGNATURE (2/sha1, 2/sha512, 4 or 5).
"""

import hashlib
import json
import os
import sys

import duo_client


def create_client():
    version, _, digest = os.environ["DUO_SIGNATURE"].partition("/")
    options = {"digestmod": getattr(hashlib, digest)} if digest else {}
    return duo_client.Auth(
        ikey=os.environ["DUO_IKEY"],
        skey=os.environ["DUO_SKEY"],
        host="localhost",
        port=int(os.environ["DUO_PORT"]),
        ca_certs=os.environ["DUO_CA_FILE"],
        sig_version=int(version),
        timeout=90,
        **options,
    )


def result_of(status):
    if status["waiting"]:
        return "waiting"
    return "allow" if status["success"] else "deny"


def run(client, call, args):
    if call == "auth" and "async" in args:
        args = {name: value for name, value in args.items() if name != "async"}
        args["async_txn"] = True
    answer = getattr(client, call)(**args)
    if call == "auth_status":
        answer = {"result": result_of(answer), **answer}
    if isinstance(answer, bytes):
        answer = {"image": answer[1:4].decode("latin-1")}
    return answer


def failure(error):
    data = getattr(error, "data", None) or {}
    return {"code": data.get("code"), "detail": data.get("message_detail"), "text": str(error)}


def main():
    client = create_client()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"ok": run(client, request["call"], request["args"])}
        except RuntimeError as error:
            reply = {"error": failure(error)}
        print(json.dumps(reply), flush=True)


main()
