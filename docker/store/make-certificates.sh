#!/usr/bin/env bash
# Makes the certificate authority of the store and a certificate for each node, where they are not there yet; with `renew` those of
# the nodes anew. Runs in eventstore/es-gencert-cli, over volumes of which each node sees its own only.
set -euo pipefail
cd /certificates

if [ ! -f private/ca.key ]; then
  es-gencert-cli create-ca -out private
fi
cp -f private/ca.crt ca/ca.crt

for node in store-1 store-2 store-3; do
  if [ "${1:-}" = renew ]; then
    rm -f "$node/node.crt" "$node/node.key"
  fi
  if [ ! -f "$node/node.crt" ]; then
    es-gencert-cli create-node -ca-certificate private/ca.crt -ca-key private/ca.key -out "$node" \
      -dns-names "$node,localhost" -ip-addresses 127.0.0.1
  fi
  # The user of the store's image.
  chown -R 1000:1000 "$node"
done
