#!/bin/sh
# Installs the software of others that the suites in test/peers drive. For a fresh Debian machine,
# as root: `sh test/peers/install.sh`, or `sh test/peers/install.sh NAME…` for some of it.
# What does not come from Debian goes into .peers/ (or $PEERS_HOME).
# cspell:ignore dsdb winbind nmbd
set -eu

here=$(cd "$(dirname "$0")" && pwd)
home=${PEERS_HOME:-$(cd "$here/../.." && pwd)/.peers}
mkdir -p "$home/bin"

debian() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# The program that the examples of the control API use.
curl_itself() {
  debian curl
}

# The browser that the pages are tested in.
chromium() {
  debian chromium
}

# Duo's Python client as Debian ships it: signature version 2, SHA-1 by default.
python_debian() {
  debian python3 python3-duo-client
}

# Duo's Python client as published last, signature version 5 by default, Duo's signer by itself, and pytest.
python_newest() {
  debian python3 python3-venv
  python3 -m venv "$home/python"
  "$home/python/bin/pip" install --quiet --upgrade duo_client duo_hmac pytest
}

# duo_unix as Debian ships it: version 1 of the API, in BSON. pamtester logs in through pam_duo.
duo_unix() {
  debian login-duo libpam-duo pamtester bsdutils
}

# Net::Duo for Perl.
perl_client() {
  debian perl libnet-duo-perl
}

# An older client of npm.
npm_client() {
  npm install --silent --no-audit --no-fund --prefix "$home/npm" duo-api@1.2.2
}

# Duo's Java client, in a program of ours.
java_client() {
  command -v mvn >/dev/null || debian maven default-jdk-headless
  mvn --quiet --batch-mode --file "$here/duo-client-java/pom.xml" dependency:copy-dependencies \
    -DoutputDirectory="$home/java/lib"
  javac -d "$home/java/classes" -cp "$home/java/lib/*" "$here/duo-client-java/Driver.java"
}

# Duo's Go client, in a program of ours.
go_client() {
  command -v go >/dev/null || debian golang-go
  (cd "$here/duo-api-golang" && go build -o "$home/bin/duo-api-golang" .)
}

# A Rust client, in a program of ours.
rust_client() {
  command -v cargo >/dev/null || debian cargo
  debian pkg-config libssl-dev
  cargo build --quiet --release --locked --manifest-path "$here/duo-auth-rust/Cargo.toml" \
    --target-dir "$home/rust"
  cp "$home/rust/release/duo-auth-driver" "$home/bin/duo-auth-rust"
}

# What the login gateway works with. The suites start their own; Debian's services are not needed.
login_peers() {
  debian nginx libnginx-mod-http-headers-more-filter haproxy caddy slapd redis-server openssl systemd \
    samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules python3-samba winbind
  for service in nginx haproxy caddy slapd redis-server samba-ad-dc smbd nmbd winbind; do
    service "$service" stop >/dev/null 2>&1 || true
  done
}

# Clients that the benchmarks compare with, beside those above.
bench_clients() {
  npm_client
  (cd "$here/../../bench/clients/duo-api-golang" && go build -o "$home/bin/bench-duo-api-golang" .)
}

# The load generator of bench/login-verify.ts.
login_bench() {
  debian wrk nginx
}

# goja, the JavaScript engine that XSOAR's server is taken to have: the floor, two of 2022, the newest. The
# newest wants a newer Go than Debian's, which any Go from 1.21 on fetches by itself.
goja() {
  command -v go >/dev/null || debian golang-go
  (
    cd "$here/goja"
    go build -o "$home/bin/goja-newest" .
    for month in november-2021 august-2022 december-2022; do
      go build -modfile="$month.mod" -o "$home/bin/goja-$month" .
    done
  )
}

# XSOAR's own tool for packs.
demisto_sdk() {
  debian git python3 python3-venv
  python3 -m venv "$home/demisto-sdk"
  "$home/demisto-sdk/bin/pip" install --quiet demisto-sdk==1.39.13
}

# Proxies as companies have them. The suites start their own, on free ports.
proxies() {
  debian tinyproxy squid openssl
}

# Reads workflows as GitHub does.
actionlint() {
  command -v go >/dev/null || debian golang-go
  GOBIN="$home/bin" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7
}

# A real terminal, and the shells with completion.
terminals() {
  debian tmux bash bash-completion zsh fish
}

# Traefik's matcher of rules, in a program of ours.
traefik_router() {
  command -v go >/dev/null || debian golang-go
  (cd "$here/traefik" && go build -o "$home/bin/traefik-router" .)
}

# What the examples run with.
examples() {
  debian bash jq python3 openssl
  npm install --silent --no-audit --no-fund --prefix "$home/node-red" node-red@4.1.8
}

# Duo's Node client is a development dependency: npm ci installs it.

if [ $# -eq 0 ]; then
  apt-get update
  set -- curl_itself chromium duo_unix perl_client npm_client java_client python_debian python_newest go_client \
    rust_client goja demisto_sdk login_peers traefik_router proxies actionlint terminals examples
fi
for peer in "$@"; do
  echo "== $peer"
  "$peer"
done
