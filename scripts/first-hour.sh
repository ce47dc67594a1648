#!/usr/bin/env bash
# Does what README.md says, in its order, in a clean clone, and ends at the first line that does not work.
# The simulator takes the place of a Duo account.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
simulator=
clean_up() {
  [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
  rm -rf "$folder"
}
trap clean_up EXIT
step() { printf '\n== %s\n' "$1"; }
expect() {
  grep -q -- "$1" || {
    echo "missing: $1"
    exit 1
  }
}

git clone --quiet "$root" "$folder/clone"
cd "$folder/clone"

step 'npm ci, npm start'
npm ci --no-audit --no-fund
npm start </dev/null | tee "$folder/start"
expect '^ok$' <"$folder/start"

step 'In Cortex XSOAR'
npm run build
for name in DuoAuthAPI-8.zip DuoAuthAPI.js DuoAuthAPI.zip integration-DuoAuthAPI-8.yml integration-DuoAuthAPI.yml; do
  test -s "dist/xsoar/$name"
done

step 'On the command line'
node dist/cli.js simulator --json >"$folder/simulator.json" &
simulator=$!
for _ in $(seq 50); do
  [ -s "$folder/simulator.json" ] && break
  sleep 0.2
done
field() { node --print "JSON.parse(fs.readFileSync('$folder/simulator.json')).$1"; }
DUO_HOSTNAME=$(field hostname) DUO_IKEY=$(field ikey) DUO_SKEY=$(field skey) DUO_CA_FILE=$(field caFile)
export DUO_HOSTNAME DUO_IKEY DUO_SKEY DUO_CA_FILE
npx xsoar-duo test | expect '^ok$'
npx xsoar-duo exec '!duo-preauth username=alice' | expect alice
npx xsoar-duo exec '!duo-authenticate username=alice factor=push polling=true' --require-allow | expect allow
npx xsoar-duo help duo-authenticate | expect username

step 'As a library'
npm pack --silent --ignore-scripts --pack-destination "$folder"
mkdir "$folder/user"
cd "$folder/user"
npm init --yes >/dev/null
npm install --no-audit --no-fund "$folder"/xsoar-duo-*.tgz
cat >use.mjs <<'EOF'
import { createIntegration, DuoClient, isAllowed } from 'xsoar-duo';
const { DUO_HOSTNAME: hostname, DUO_IKEY: ikey, DUO_SKEY: skey, DUO_CA_FILE: caFile } = process.env;
const integration = createIntegration({ hostname, ikey, skey, ca_file: caFile });
const entries = await integration.run('duo-authenticate', { username: 'alice', polling: true });
const duo = new DuoClient({ hostname, ikey, skey, caFile });
const { result } = await duo.authAndWait({ username: 'erin', factor: 'push' }, { deadlineSeconds: 60 });
console.log(isAllowed(entries), result);
process.exit();
EOF
node use.mjs | expect '^true deny$'

step 'The simulator'
cat >test.mjs <<'EOF'
import { DuoClient } from 'xsoar-duo';
import { startSimulator } from 'xsoar-duo/simulator';
const simulator = await startSimulator();
const { hostname, ikey, skey, caFile } = simulator;
const duo = new DuoClient({ hostname, ikey, skey, caFile });
const { result } = await duo.authAndWait({ username: 'alice', factor: 'push' });
await simulator.close();
console.log(result);
EOF
node test.mjs | expect '^allow$'

printf '\nEvery line works.\n'
