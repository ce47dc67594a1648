#!/usr/bin/env bash
# Does what README.md says, for each reader and in its order, in a clean clone, and ends at the first line
# that does not work. Commands and code are taken from README.md itself; the simulator takes the place of a
# Duo account, so the one line that is not run as it is sets its keys.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
children=()
# Each child in a group of its own.
set -m
clean_up() {
  # Whole groups: npm and npx do not pass a signal on.
  for child in "${children[@]}"; do
    kill -- "-$child" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap clean_up EXIT

# The blocks of a language in a section of README.md, one after the other.
blocks() {
  awk -v title="## $1" -v fence="\`\`\`$2" '
    /^## / { inside = ($0 == title) }
    inside && $0 == fence { block = 1; next }
    /^```$/ { block = 0 }
    block { print }' README.md
}

failed() {
  printf 'FAILED: %s\n%s\n' "$1" "${2-}" >&2
  exit 1
}

# Runs the commands of a section. What README.md shows below a command must be in what it prints.
walk() {
  printf '\n== %s\n' "${1:-The first lines}"
  local line command='' printed=''
  while IFS= read -r line; do
    case $line in
      '$ export DUO_'*) command='' ;;
      # Runs for minutes, and is what everyone runs beside this script.
      '$ npm ci && npm test') command='' ;;
      '$ npm run demo:login')
        npm run --silent demo:login >"$folder/demo" &
        children+=($!)
        for _ in $(seq 150); do
          grep -q 'Sign in' "$folder/demo" && break
          sleep 0.2
        done
        command=$(sed -n 's/.*Open *//p' "$folder/demo")
        curl --silent --fail --location "$command" | grep -q password || failed "$line" "$(cat "$folder/demo")"
        printf '%s\n' "$line"
        ;;
      '$ '*)
        command=${line#\$ }
        printf '%s\n' "$line"
        printed=$(eval "$command" </dev/null 2>&1) || failed "$line" "$printed"
        ;;
      *) grep -qxF -- "$line" <<<"$printed" || failed "$command" "Not in what it prints: $line" ;;
    esac
  done < <(blocks "$1" console)
}

# Runs the code of a section, with what it takes for granted.
run_code() {
  local code
  code=$(blocks "$1" ts)
  {
    grep '^import' <<<"$code"
    if ! grep -q startSimulator <<<"$code"; then
      echo 'const { DUO_HOSTNAME: hostname, DUO_IKEY: ikey, DUO_SKEY: skey } = process.env;'
      echo "const letIn = () => console.log('let in'), show = console.log;"
    fi
    grep -v '^import' <<<"$code"
    echo 'process.exit();'
  } >"$folder/user/code.mjs"
  (cd "$folder/user" && node code.mjs) || failed "the code of: $1"
}

git clone --quiet "$root" "$folder/clone"
cd "$folder/clone"

# The lines above the first heading: a title of its own, for the function above.
sed -i '0,/^With Node/s/^With Node/## Start\n\nWith Node/' README.md
walk 'Start'
walk 'I run XSOAR'

# Nothing is built for this reader.
rm -rf dist
npx xsoar-duo simulator --json >"$folder/simulator.json" &
children+=($!)
for _ in $(seq 300); do
  [ -s "$folder/simulator.json" ] && break
  sleep 0.2
done
field() { node --print "JSON.parse(fs.readFileSync('$folder/simulator.json')).$1"; }
DUO_HOSTNAME=$(field hostname) DUO_IKEY=$(field ikey) DUO_SKEY=$(field skey) DUO_CA_FILE=$(field caFile)
export DUO_HOSTNAME DUO_IKEY DUO_SKEY DUO_CA_FILE NODE_EXTRA_CA_CERTS=$DUO_CA_FILE
walk 'I use a terminal'

npm run --silent build
mkdir "$folder/user"
# `npm pack` in the clone, `npm install` where the user is: a folder that has what the first one leaves.
printf '\n== I write Node\n'
mapfile -t lines < <(blocks 'I write Node' console | sed 's/^\$ //')
printf '$ %s\n' "${lines[@]}"
eval "${lines[0]}" >/dev/null 2>&1 || failed "${lines[0]}"
cp xsoar-duo-*.tgz "$folder/user"
(cd "$folder/user" && npm init --yes >/dev/null && eval "${lines[1]}" >/dev/null) || failed "${lines[1]}"
said=$(run_code 'I write Node')
[ "$(grep -c 'let in' <<<"$said")" = 2 ] || failed 'the code of: I write Node' "$said"

walk 'I guard a login'

printf '\n== I test against Duo\n'
run_code 'I test against Duo'

printf '\nEvery line works.\n'
