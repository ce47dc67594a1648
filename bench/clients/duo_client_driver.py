"""Duo's Python client: a JSON task a line in, its milliseconds a line out.

Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE.
"""

import json
import os
import platform
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import duo_client

PREAUTH = {"username": "alice", "ipaddr": "203.0.113.7"}
# A client per thread, because one is not made for several.
LOCAL = threading.local()


def call():
    if not hasattr(LOCAL, "client"):
        LOCAL.client = duo_client.Auth(
            ikey=os.environ["DUO_IKEY"],
            skey=os.environ["DUO_SKEY"],
            host="localhost",
            port=int(os.environ["DUO_PORT"]),
            ca_certs=os.environ["DUO_CA_FILE"],
            sig_version=2,
        )
    result = LOCAL.client.preauth(**PREAUTH)["result"]
    if result != "auth":
        raise RuntimeError(f"The preauth gave {result}.")


def run_calls(count, in_flight):
    with ThreadPoolExecutor(in_flight) as pool:
        for done in [pool.submit(call) for _ in range(count)]:
            done.result()


def main():
    print(json.dumps({"python": platform.python_version()}), flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        milliseconds = None
        if task["task"] == "calls":
            started = time.perf_counter()
            run_calls(task["count"], task["inFlight"])
            milliseconds = (time.perf_counter() - started) * 1000
        print(json.dumps({"milliseconds": milliseconds}), flush=True)


main()
