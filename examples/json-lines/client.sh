#!/usr/bin/env bash
# Asks Duo about users through one `xsoar-duo run` that stays: client.sh USER…
# The connection comes from the environment (DUO_HOSTNAME, DUO_IKEY, DUO_SKEY). XSOAR_DUO is the
# command to run, `xsoar-duo` by default. Wants bash and jq.
set -euo pipefail
read -ra command <<<"${XSOAR_DUO:-xsoar-duo}"

coproc duo { "${command[@]}" run; }
failed=0
for user in "$@"; do
  jq --null-input --compact-output --arg user "$user" \
    '{id: $user, command: "duo-preauth", args: {username: $user}}' >&"${duo[1]}"
  IFS= read -r answer <&"${duo[0]}"
  if jq --exit-status 'has("error")' <<<"$answer" >/dev/null; then
    jq --raw-output '"\(.id): \(.error.message)"' <<<"$answer" >&2
    failed=1
  else
    jq --raw-output '"\(.id): \(.entries[0].Contents.response.result)"' <<<"$answer"
  fi
done
exit "$failed"
