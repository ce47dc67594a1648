#!/bin/sh
# Runs the driver with the simulator's authority as its only one, and with Duo's name pointing to it.
# Environment: as the driver's, DUO_CA_FILE, DUO_ADDRESS and PEERS_HOME.
set -eu

java=$PEERS_HOME/java
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
keytool -importcert -noprompt -alias simulator -file "$DUO_CA_FILE" \
  -keystore "$folder/authorities.p12" -storetype PKCS12 -storepass changeit 2>"$folder/log" ||
  { cat "$folder/log" >&2; exit 1; }
echo "$DUO_ADDRESS api-simulator.duosecurity.com" >"$folder/hosts"
java -Djdk.net.hosts.file="$folder/hosts" \
  -Djavax.net.ssl.trustStore="$folder/authorities.p12" \
  -Djavax.net.ssl.trustStorePassword=changeit \
  -cp "$java/classes:$java/lib/*" Driver
