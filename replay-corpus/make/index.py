#!/usr/bin/env python3
"""Writes ../README.md, the index of the captures, from what stands in their folders. Usage: index.py"""
import pathlib

import cases
import forge

CORPUS = pathlib.Path(__file__).resolve().parent.parent

HEAD = """# Replay corpus

Captures made by this project, one behaviour each: `<behaviour>/input.pcap` (or `.pcapng`), how it was made (`README.md`), what tshark
finds in it (`facts.json`) and the events we write for it (`expected.ndjson`, `ecs` layout). `tests/TlsAppliance.Corpus.Tests` replays every
capture, compares its events with `expected.ndjson` byte for byte, and with `facts.json` fact by fact. A changed `expected.ndjson` is a change
of the product: look at it before you commit it.

| to make again | with |
|---|---|
| real captures (needs root, Linux, the stacks; never the same bytes) | `make/record.py [NAME...]` |
| forged captures (same bases, same bytes; python3 alone) | `make/forge.py [NAME...]` |
| facts (needs tshark) | `make/facts.py [NAME...]` |
| expected events (needs the .NET SDK) | `make/expect.sh` |
| this index | `make/index.py` |

All of them together stay below 3 MiB. No capture of another project may come in here, and no key: certificates are made for a recording
and their keys thrown away.

"""


def main():
    lines = [HEAD, f"## Real stacks ({len(cases.CASES)})\n\n| capture | what | stacks | proves |\n|---|---|---|---|\n"]
    lines += [f"| [{case.name}]({case.name}/README.md) | {case.title} | {case.stack} | {case.proves} |\n" for case in cases.CASES]
    lines.append(f"\n## Forged ({len(forge.CASES)})\n\n| capture | what | TLS bytes of | proves |\n|---|---|---|---|\n")
    lines += [f"| [{name}]({name}/README.md) | {title} | {base} | {proves} |\n" for name, (title, proves, base, _) in forge.CASES.items()]
    (CORPUS / "README.md").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
