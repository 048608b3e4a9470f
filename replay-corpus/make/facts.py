#!/usr/bin/env python3
"""Writes facts.json of each case: what tshark, a second and independent reader, finds in its capture. Usage: facts.py [NAME...]

tshark gives numbers and bytes; two things are ours: certificate hashes, and the judgement `resumed` (1.3: the server took a PSK; before: it
took the client's session id and showed no certificate).
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

CORPUS = pathlib.Path(__file__).resolve().parent.parent
CLIENT_HELLO, SERVER_HELLO, CERTIFICATE, CERTIFICATE_STATUS, CERTIFICATE_REQUEST, KEY_EXCHANGE = 1, 2, 11, 22, 13, 12
TOLD_PORTS = {"rdp": [3389]}  # where tshark has to be told that TLS follows
TLS13 = 0x0304
PRE_SHARED_KEY, EARLY_DATA = 41, 42
RETRY_RANDOM = hashlib.sha256(b"HelloRetryRequest").hexdigest()


def tshark(capture, ports):
    decode_as = [option for port in ports for option in ("-d", f"tcp.port=={port},tls")]
    command = ["tshark", "-r", str(capture), "-2", "-n", "-T", "pdml", "-Y", "tls", "-o", "tcp.reassemble_out_of_order:TRUE", *decode_as]
    return ElementTree.fromstring(subprocess.run(command, check=True, capture_output=True).stdout)


def values(node, name):
    """Raw bytes (hex) of every field of this name, in order."""
    return [field.get("value") or "" for field in node.iter("field") if field.get("name") == name]


def shown(node, name):
    return [field.get("show") for field in node.iter("field") if field.get("name") == name]


def first(items, default=None):
    return items[0] if items else default


def numbers(node, name):
    return [int(text, 0) for text in shown(node, name)]


def text(octets):
    """Raw bytes as text; tshark's own rendering ends at a NUL."""
    return None if octets is None else bytes.fromhex(octets).decode("utf-8", "backslashreplace")


def endpoint(packet, side):
    """Address and port of the innermost IP and TCP header."""
    layers = [proto for proto in packet.iter("proto") if proto.get("name") in ("ip", "ipv6")]
    inner = layers[-1]
    tcp = [proto for proto in packet.iter("proto") if proto.get("name") == "tcp"][-1]
    address, port = first(shown(inner, f"{inner.get('name')}.{side}")), first(shown(tcp, f"tcp.{side}port"))
    return f"[{address}]:{port}" if inner.get("name") == "ipv6" else f"{address}:{port}"


def is_retry(message):
    return first(values(message, "tls.handshake.random")) == RETRY_RANDOM


def client_facts(hello):
    return {
        "random": first(values(hello, "tls.handshake.random")),
        "session_id": first(values(hello, "tls.handshake.session_id"), ""),
        "version": first(numbers(hello, "tls.handshake.version")),
        "supported_versions": numbers(hello, "tls.handshake.extensions.supported_version"),
        "server_name": text(first(values(hello, "tls.handshake.extensions_server_name"))),
        "alpn": shown(hello, "tls.handshake.extensions_alpn_str"),
        "ciphers": numbers(hello, "tls.handshake.ciphersuite"),
        "extensions": numbers(hello, "tls.handshake.extension.type"),
        "groups": numbers(hello, "tls.handshake.extensions_supported_group"),
        "ja3": first(shown(hello, "tls.handshake.ja3")),
        "early_data": EARLY_DATA in numbers(hello, "tls.handshake.extension.type"),
    }


def server_facts(hello):
    return {
        "random": first(values(hello, "tls.handshake.random")),
        "session_id": first(values(hello, "tls.handshake.session_id"), ""),
        "version": first(numbers(hello, "tls.handshake.extensions.supported_version") or numbers(hello, "tls.handshake.version")),
        "cipher": first(numbers(hello, "tls.handshake.ciphersuite")),
        "alpn": first(shown(hello, "tls.handshake.extensions_alpn_str")),
        "extensions": numbers(hello, "tls.handshake.extension.type"),
        "key_share": first(numbers(hello, "tls.handshake.extensions_key_share_group")),
        "ja3s": first(shown(hello, "tls.handshake.ja3s")),
    }


def certificate_facts(message):
    certificates = []
    for field in message.iter("field"):
        if field.get("name") == "tls.handshake.certificate":
            der = bytes.fromhex(field.get("value"))
            certificates.append({"serial": first(values(field, "x509af.serialNumber")), "sha1": hashlib.sha1(der).hexdigest(),
                                 "sha256": hashlib.sha256(der).hexdigest()})
    return certificates


class Session:
    """What tshark saw of one TLS session, message by message."""

    def __init__(self, client, server):
        self.facts = {
            "client": client, "server": server, "hello_retry": False, "client_hello": None, "server_hello": None, "group": None,
            "certificates": [], "client_certificates": [], "client_certificate_requested": False, "ocsp_response": False, "alerts": [],
        }

    def message(self, node, from_client):
        kind, facts = first(numbers(node, "tls.handshake.type")), self.facts
        if kind == CLIENT_HELLO and facts["client_hello"] is None:
            facts["client_hello"] = client_facts(node)
        elif kind == SERVER_HELLO and is_retry(node):
            facts["hello_retry"] = True
        elif kind == SERVER_HELLO:
            facts["server_hello"] = server_facts(node)
            facts["group"] = facts["server_hello"].pop("key_share")
        elif kind == KEY_EXCHANGE:
            facts["group"] = first(numbers(node, "tls.handshake.server_named_curve"))
        elif kind == CERTIFICATE:
            facts["client_certificates" if from_client else "certificates"] += certificate_facts(node)
        elif kind == CERTIFICATE_STATUS:
            facts["ocsp_response"] = True
        elif kind == CERTIFICATE_REQUEST:
            facts["client_certificate_requested"] = True

    def alert(self, node, from_client):
        level = first(numbers(node, "tls.alert_message.level"))
        if level is not None:
            self.facts["alerts"].append({"from": "client" if from_client else "server", "level": level,
                                         "description": first(numbers(node, "tls.alert_message.desc"))})

    def finish(self):
        self.facts["resumed"] = self.is_resumed()
        return self.facts

    def is_resumed(self):
        client, server = self.facts["client_hello"], self.facts["server_hello"]
        if server is None:
            return False
        if server["version"] == TLS13:
            return PRE_SHARED_KEY in server["extensions"]
        same_id = client is not None and client["session_id"] == server["session_id"] != ""
        return same_id and not self.facts["certificates"]


def read(capture, ports):
    sessions, by_stream = [], {}
    for packet in tshark(capture, ports).iter("packet"):
        source, destination = endpoint(packet, "src"), endpoint(packet, "dst")
        stream = first(shown(packet, "tcp.stream"))
        for node in packet.iter("field"):
            if node.get("name") == "tls.handshake" and numbers(node, "tls.handshake.type"):
                kind = first(numbers(node, "tls.handshake.type"))
                if stream not in by_stream:
                    from_client = kind in (CLIENT_HELLO, 16)
                    by_stream[stream] = Session(source if from_client else destination, destination if from_client else source)
                    sessions.append(by_stream[stream])
                by_stream[stream].message(node, source == by_stream[stream].facts["client"])
            elif node.get("name") == "tls.alert_message" and stream in by_stream:
                by_stream[stream].alert(node, source == by_stream[stream].facts["client"])
    return [session.finish() for session in sessions]


def compact(facts):
    """Indented JSON with lists of numbers on one line."""
    return re.sub(r"\[\s+([\d,\s]+?)\s+\]", lambda found: "[" + " ".join(found[1].split()) + "]", json.dumps(facts, indent=1)) + "\n"


def write(folder):
    capture = first(sorted(folder.glob("input.pcap*")))
    sessions = read(capture, TOLD_PORTS.get(folder.name, []))
    (folder / "facts.json").write_text(compact({"sessions": sessions}), encoding="utf-8")
    for session in sessions:
        print(summary(folder.name, session))
    if not sessions:
        print(f"{folder.name:32} no session")


def summary(name, session):
    """One line for the person who made the capture."""
    client, server = session["client_hello"] or {}, session["server_hello"] or {}
    marks = [mark for mark, is_set in (("resumed", session["resumed"]), ("retry", session["hello_retry"])) if is_set]
    marks += [f"alert {alert['description']} of {alert['from']}" for alert in session["alerts"]]
    chains = f"{len(session['certificates'])}+{len(session['client_certificates'])} certificates"
    return (f"{name:32} {session['client']} {session['server']} {client.get('server_name')} {server.get('version') or 0:04x} "
            f"{server.get('cipher') or 0:04x} {chains} {', '.join(marks)}")


def main():
    names = sys.argv[1:] or sorted(path.parent.name for path in CORPUS.glob("*/input.pcap*"))
    for name in names:
        write(CORPUS / name)


if __name__ == "__main__":
    main()
