#!/usr/bin/env python3
"""Asks Duo about several users at once, through one `xsoar-duo run`: client.py USER…

The connection comes from the environment (DUO_HOSTNAME, DUO_IKEY, DUO_SKEY). XSOAR_DUO is the command
to run, `xsoar-duo` by default.
"""

import json
import os
import shlex
import subprocess
import sys


def main(users):
    command = shlex.split(os.environ.get("XSOAR_DUO", "xsoar-duo"))
    requests = [
        {"id": user, "command": "duo-preauth", "args": {"username": user}} for user in users
    ]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(
        [*command, "run"], input=lines, stdout=subprocess.PIPE, text=True, check=True
    )
    # Answers come in the order in which Duo gives them: the id says whose each is.
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    for user in users:
        answer = answers[user]
        if "error" in answer:
            print(f"{user}: {answer['error']['message']}", file=sys.stderr)
        else:
            print(f"{user}: {answer['entries'][0]['Contents']['response']['result']}")
    return 1 if any("error" in answer for answer in answers.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
