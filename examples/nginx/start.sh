#!/usr/bin/env bash
# nginx in front of an application, with Duo as the second factor, on this machine: start.sh [PORT]
# Everything is that of the guide, docs/login/nginx/application.conf and docs/login/application.yml; this
# script fills in the names that they say to replace, with a simulator in place of a Duo account.
# Wants nginx with libnginx-mod-http-headers-more-filter, openssl and python3. XSOAR_DUO is the command to
# run, `npx xsoar-duo` by default. Ctrl-C ends it all.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
guide=$here/../../docs/login
read -ra xsoar_duo <<<"${XSOAR_DUO:-npx xsoar-duo}"
port=${1:-8420}
gateway=$((port + 1))
application=$((port + 2))
folder=$(mktemp -d)
children=()
clean_up() {
  kill "${children[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT
trap exit INT TERM

# The first line of a program's output, once it is there.
first_line() {
  for _ in $(seq 150); do
    if [ -s "$1" ]; then
      head -n 1 "$1"
      return
    fi
    sleep 0.2
  done
  echo "No output in $1" >&2
  return 1
}

# In place of Duo.
"${xsoar_duo[@]}" simulator --json >"$folder/simulator" &
children+=($!)
simulator=$(first_line "$folder/simulator")
field() { python3 -c 'import json, sys; print(json.loads(sys.argv[1])[sys.argv[2]])' "$simulator" "$1"; }

# The application: it believes the header X-User, and listens on this machine alone.
python3 "$here/application.py" "$application" &
children+=($!)

# The gateway.
mkdir "$folder/credentials"
field skey >"$folder/credentials/duo_skey"
sed -e "s|^listen: .*|listen: 127.0.0.1:$gateway|" \
  -e "s|https://soar.example.com|https://localhost:$port|" \
  -e "s|api-XXXXXXXX.duosecurity.com|$(field hostname)|" \
  -e "s|DIXXXXXXXXXXXXXXXXXX|$(field ikey)|" \
  -e "s|^  skey:|  ca_file: $(field caFile)\n  skey:|" \
  -e "s|/etc/xsoar-duo/users|$here/users|" \
  -e "s|/var/log/xsoar-duo|$folder|" \
  -e "s|/run/xsoar-duo|$folder|" \
  -e "s|^safe_accounts: .*|no_safe_account: true|" \
  "$guide/application.yml" >"$folder/login.yml"
CREDENTIALS_DIRECTORY=$folder/credentials "${xsoar_duo[@]}" login --config "$folder/login.yml" --json \
  >"$folder/gateway" &
children+=($!)
first_line "$folder/gateway" >/dev/null

# nginx.
openssl req -x509 -newkey rsa:2048 -nodes -days 7 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$folder/localhost.key" -out "$folder/localhost.pem" 2>/dev/null
sed -e "s|/etc/ssl/soar.example.com.pem|$folder/localhost.pem|" \
  -e "s|/etc/ssl/private/soar.example.com.key|$folder/localhost.key|" \
  -e "s|soar.example.com|localhost|g" \
  -e "s|listen \(\[::\]:\)\?443|listen \1$port|" \
  -e '/listen \(\[::\]:\)\?80;/d' \
  -e "s|127.0.0.1:8443|127.0.0.1:$gateway|" \
  -e "s|127.0.0.1:8000|127.0.0.1:$application|" \
  "$guide/nginx/application.conf" >"$folder/site.conf"
{
  echo 'load_module /usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so;'
  echo 'daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn; events {}'
  echo 'http { access_log off;'
  for name in client_body proxy fastcgi uwsgi scgi; do
    echo "${name}_temp_path tmp_$name;"
  done
  echo 'include site.conf; }'
} >"$folder/nginx.conf"
PATH=$PATH:/usr/sbin nginx -p "$folder" -c nginx.conf &
children+=($!)

cat <<END
Open      https://localhost:$port   (the browser warns of a certificate that was made a moment ago)
Sign in   alice or grace, with the password: correct horse
Approve   alice approves by herself; the phone of grace: $(field phoneUrl)
END
wait -n "${children[@]}"
