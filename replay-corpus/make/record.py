#!/usr/bin/env python3
"""Records the captures of real stacks (cases.py) on a virtual wire between two network namespaces.

Usage: record.py [--keep DIRECTORY] [NAME...]
--keep leaves keys and the programs' output in a new directory. Linux, as root; needs iproute2, ethtool, tcpdump, tshark, openssl,
gnutls-bin, libnss3-tools, chromium, java, node, npm, curl and dotnet. Two runs differ in randoms, keys, times and ports: record again only
what has to change, then run forge.py, facts.py, expect.sh and index.py.
"""
import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import wire
from cases import CASES

MAKE = pathlib.Path(__file__).resolve().parent
CORPUS = MAKE.parent
CLIENT, SERVER = "corpus-client", "corpus-server"
VERSIONS = {
    "OpenSSL": "openssl version | cut -d' ' -f2",
    "GnuTLS": "gnutls-cli --version | head -1 | cut -d' ' -f2",
    "NSS": "dpkg-query -f '${Version}' -W libnss3-tools | sed 's/.*://'",
    "Java": "java -version 2>&1 | head -1 | cut -d'\"' -f2",
    "Node": "node --version",
    "Node 24": "node_modules/.bin/node -p 'process.version + \" with OpenSSL \" + process.versions.openssl'",
    ".NET": "dotnet --version",
    "Chromium": "chromium --version 2>/dev/null | cut -d' ' -f2",
    "Python": "python3 -c 'import platform, ssl; print(platform.python_version(), \"with\", ssl.OPENSSL_VERSION[:14])'",
    "curl": "curl --version | head -1 | cut -d' ' -f2",
}


def sh(command, **options):
    return subprocess.run(["bash", "-c", command], check=True, capture_output=True, text=True, **options).stdout.strip()


def inside(namespace, command, **options):
    """Starts a command in a namespace, as leader of its own process group."""
    return subprocess.Popen(["ip", "netns", "exec", namespace, "bash", "-c", command], start_new_session=True, **options)


def stop(process, sig=signal.SIGTERM):
    try:
        os.killpg(process.pid, sig)
    except ProcessLookupError:
        pass
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def lay_wire():
    """A veth pair with plain segments: without offloads the capture shows packets of the real MTU and true checksums."""
    cut_wire()
    for namespace in (CLIENT, SERVER):
        sh(f"ip netns add {namespace}")
    sh(f"ip link add wire netns {CLIENT} address 02:00:00:77:00:01 type veth peer name wire netns {SERVER} address 02:00:00:77:00:02")
    for number, namespace in enumerate((CLIENT, SERVER), 1):
        run = f"ip netns exec {namespace}"
        sh(f"{run} sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 net.ipv4.ip_local_port_range='40000 40999'")
        sh(f"{run} ip link set lo up; {run} ip link set wire up")
        sh(f"{run} ip address add 10.77.0.{number}/24 dev wire; {run} ip address add fd00:77::{number}/64 dev wire nodad")
        sh(f"{run} ethtool -K wire tso off gso off gro off tx off rx off")


def cut_wire():
    for namespace in (CLIENT, SERVER):
        subprocess.run(["ip", "netns", "delete", namespace], capture_output=True, check=False)


def prepare(directory):
    """Keys, a Node with post-quantum groups, and the one program to build (outside of the tree, away from its build settings)."""
    sh(str(MAKE / "make-keys.sh"), cwd=directory)
    sh("npm install --no-audit --no-fund --prefix . node@24", cwd=directory)
    shutil.copy(MAKE / "stacks/SslStreamClient.cs", directory)
    sh("dotnet build SslStreamClient.cs -v q --nologo -o SslStreamClient", cwd=directory)


def wait_for_listener(port):
    for _ in range(100):
        if sh(f"ip netns exec {SERVER} ss -Hltn 'sport = :{port}'"):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on {port}")


def record(case, directory):
    environment = {**os.environ, "STACKS": str(MAKE / "stacks"), "PYTHONDONTWRITEBYTECODE": "1"}
    raw = directory / "raw.pcap"
    listen = f"exec tcpdump -i wire -s 0 --immediate-mode -U -w {raw} tcp port {case.port}"
    capture = inside(SERVER, listen, stderr=subprocess.PIPE, text=True)
    capture.stderr.readline()
    with open(directory / f"{case.name}.log", "w", encoding="utf-8") as log:
        converse(case, cwd=directory, env=environment, stdout=log, stderr=log)
    stop(capture, signal.SIGINT)
    keep(case, raw)
    describe(case, directory)


def converse(case, **surroundings):
    """Runs the server and its clients, one after the other."""
    server = inside(SERVER, case.server, stdin=subprocess.PIPE, **surroundings)
    try:
        wait_for_listener(case.port)
        for command in case.clients:
            client = inside(CLIENT, command, stdin=subprocess.DEVNULL, **surroundings)
            try:
                client.wait(30)
            except subprocess.TimeoutExpired:
                stop(client)
            time.sleep(0.3)
    finally:
        stop(server)
        time.sleep(0.3)


def keep(case, raw):
    folder = CORPUS / case.name
    folder.mkdir(exist_ok=True)
    target, kept = folder / f"input.{case.format}", raw.with_suffix(".kept")
    only = "tcp.stream == 0" if case.first_connection_only else "tcp"
    sh(f"tshark -r {raw} -Y '{only}' -F pcap -w {kept}")
    if case.format == "pcapng":  # not by editcap: it would add a description of this machine
        target.write_bytes(wire.pcapng([(at, frame, 0) for at, frame in wire.read_pcap(kept)], [wire.ETHERNET]))
    else:
        shutil.copyfile(kept, target)


def describe(case, directory):
    versions = ", ".join(f"{stack} {sh(VERSIONS[stack], cwd=directory)}" for stack in case.stack.split(", "))
    commands = "\n".join(f"    client$ {command}" for command in case.clients)
    (CORPUS / case.name / "README.md").write_text(f"""# {case.title}

{case.proves}

Recorded with {versions} by `../make/record.py {case.name}` between two network namespaces
(10.77.0.1, fd00:77::1 and 10.77.0.2, fd00:77::2; MTU 1500):

    server$ {case.server}
{commands}

Keys and certificates were made for the recording by `../make/make-keys.sh` and thrown away.
Made by this project; Apache-2.0, as the rest of it.
""", encoding="utf-8")


def record_all(names, directory):
    prepare(directory)
    lay_wire()
    try:
        for case in CASES:
            if not names or case.name in names:
                print(case.name, flush=True)
                record(case, directory)
    finally:
        cut_wire()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", metavar="DIRECTORY", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - {case.name for case in CASES}:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    if arguments.keep:
        arguments.keep.mkdir(parents=True)
        record_all(arguments.names, arguments.keep.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="replay-corpus-") as directory:
        record_all(arguments.names, pathlib.Path(directory))


if __name__ == "__main__":
    main()
