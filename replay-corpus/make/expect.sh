#!/usr/bin/env bash
# Writes expected.ndjson of every capture: the events of today's product in the ecs layout. What changed is for a person to judge: git diff.
set -euo pipefail
cd "$(dirname "$0")/../.."

events=$(mktemp -d)
trap 'rm -rf "$events"' EXIT
dotnet run --project src/TlsAppliance --configuration Release -- \
    replay replay-corpus --layout ecs -E 'tls.fingerprints=[md5,sha1,sha256]' --per-file "$events"

for capture in replay-corpus/*/input.pcap*; do
    name=$(basename "$(dirname "$capture")")
    cp "$events/${name}__$(basename "$capture").ndjson" "replay-corpus/$name/expected.ndjson"
done
git --no-pager diff --stat -- replay-corpus
