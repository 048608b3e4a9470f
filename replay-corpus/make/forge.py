#!/usr/bin/env python3
"""Forges captures: the TLS bytes of recorded sessions in other segments, orders and carriers. The same bases give the same bytes.

Usage: forge.py [NAME...]        python3, standard library only
"""
import pathlib
import struct
import sys

from wire import (ACK, ETHERNET, LINUX_SLL, PSH, RST, SERVER_MAC, SIX, SYN, Ends, Segment, conversation, ethernet, ethertype, flights_of,
                  ipv4, ipv6, packet, pcap, pcapng, plain, record, records, tcp, udp)

CORPUS = pathlib.Path(__file__).resolve().parent.parent
CHAIN, RESUMED, TLS13, TLS10 = "tls12-full-chain", "tls12-resumed-session-id", "tls13-full", "tls10-cbc"
START = 1767225600 * 10**9  # 2026-01-01T00:00:00Z; each capture has 100 s of its own, and its own client port
MILLISECOND = 10**6
OUTER = (bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2]))
HANDSHAKE, ALERT, APPLICATION_DATA = 22, 21, 23

CASES = {}


def forged(title, proves, base=CHAIN):
    """Names a capture after the function that forges it; the function gets (flights of the base, ends) and returns a Shape."""
    def note(function):
        CASES[function.__name__.replace("_", "-")] = (title, proves, base, function)
        return function
    return note


class Shape:
    """Segments or packets on their way into a capture file."""

    def __init__(self, frames, link_type=ETHERNET, extension="pcap", **options):
        self.frames, self.link_type, self.extension, self.options = frames, link_type, extension, options

    def write(self, start):
        timed = [(start + number * MILLISECOND, frame) if isinstance(frame, bytes) else (start + frame[0], *frame[1:])
                 for number, frame in enumerate(self.frames)]
        return pcapng(timed, self.link_type) if self.extension == "pcapng" else pcap(timed, self.link_type, **self.options)


def carried(segments, ends, wrap=plain):
    """One frame for each segment; wrap gets (from_client, packet)."""
    return Shape([wrap(segment.from_client, packet(ends, segment)) for segment in segments])


def outer(from_client, protocol, payload):
    source, destination = OUTER if from_client else OUTER[::-1]
    return plain(from_client, ipv4(source, destination, protocol, payload))


def outer_udp(from_client, port, payload):
    source, destination = OUTER if from_client else OUTER[::-1]
    return plain(from_client, udp(source, destination, port, payload))


def first_data(segments, from_client, count=1):
    """Index of the count-th segment with data of a side."""
    return [number for number, segment in enumerate(segments) if segment.data and segment.from_client == from_client][count - 1]


# ---- orders

@forged("The server's first segment comes last of its flight", "Reordering inside the window.")
def late_first_segment(flights, ends):
    segments = conversation(flights, size=800)
    at = first_data(segments, from_client=False)
    flight = next(number for number in range(at, len(segments)) if segments[number].from_client)
    return carried(segments[:at] + segments[at + 1:flight] + segments[at:at + 1] + segments[flight:], ends)


@forged("Every flight backwards", "Reordering at its worst; the hello's own segments too.")
def reversed_flights(flights, ends):
    segments, at, end = conversation(flights, size=150), 3, 3
    while segments[at].data:
        while segments[end].data and segments[end].from_client == segments[at].from_client:
            end += 1
        segments[at:end] = segments[at:end][::-1]
        at = end
    return carried(segments, ends)


@forged("A segment of the server's certificates was not captured",
        "A hole is given up and marked; what stands before and after it is told.")
def lost_segment(flights, ends):
    segments = conversation(flights, size=800)
    del segments[first_data(segments, from_client=False, count=2)]
    return carried(segments, ends)


@forged("A retransmission overlaps with equal bytes", "Bytes seen twice count once.")
def overlap_equal(flights, ends):
    segments = conversation(flights, size=800)
    at = first_data(segments, from_client=False)
    both = Segment(False, PSH | ACK, segments[at].sequence, segments[at].acknowledged, segments[at].data + segments[at + 1].data)
    return carried(segments[:at + 1] + [both.cut(300, 1200)] + segments[at + 1:], ends)


@forged("A retransmission overlaps with other bytes", "First byte wins; the conflict is counted.")
def overlap_conflicting(flights, ends):
    segments = conversation(flights, size=800)
    at = first_data(segments, from_client=False)
    lie = segments[at].cut(100)
    lie = Segment(False, lie.flags, lie.sequence, lie.acknowledged, b"\xee" * len(lie.data))
    return carried(segments[:at + 1] + [lie] + segments[at + 1:], ends)


@forged("Segments of one byte", "How bytes were cut changes nothing.", base=RESUMED)
def segments_of_one_byte(flights, ends):
    return carried(conversation(flights[:2], size=1) , ends)


@forged("Every segment twice", "Duplicates count as packets, not as bytes of the stream.")
def every_segment_twice(flights, ends):
    return carried([twin for segment in conversation(flights) for twin in (segment, segment)], ends)


@forged("Sequence numbers wrap inside the handshake", "Arithmetic modulo 2^32, on both sides.")
def sequence_wrap(flights, ends):
    return carried(conversation(flights, client_start=2**32 - 50, server_start=2**32 - 700), ends)


@forged("Keep-alives between the flights", "A byte before the window is no data.")
def keep_alives(flights, ends):
    segments = conversation(flights)
    at = first_data(segments, from_client=False)
    asked = segments[at - 1]
    probe = Segment(True, ACK, asked.sequence + len(asked.data) - 1, asked.acknowledged, b"\x00")
    return carried(segments[:at] + [probe, probe] + segments[at:], ends)


@forged("The same addresses and ports twice", "A SYN with a new number is a new connection: two sessions.")
def port_reuse(flights, ends):
    other = flights_of(CORPUS / TLS13 / "input.pcap")
    return carried(conversation(flights) + conversation(other, client_start=900_000, server_start=800_000), ends)


@forged("The SYN-ACK was seen before the SYN", "The client is still the client.")
def syn_ack_before_syn(flights, ends):
    segments = conversation(flights)
    return carried([segments[1], segments[0], *segments[2:]], ends)


@forged("TCP Fast Open: the hello travels in the SYN", "Data of a SYN starts one after its number.")
def fast_open(flights, ends):
    syn, syn_ack, _, hello, *rest = conversation(flights)
    first = Segment(True, SYN, syn.sequence, 0, hello.data)
    return carried([first, Segment(False, SYN | ACK, syn_ack.sequence, hello.sequence + len(hello.data)), *rest], ends)


@forged("No SYN was captured", "Mid-stream start at a hello.")
def no_syn(flights, ends):
    return carried(conversation(flights)[3:], ends)


@forged("Only encrypted records were captured", "Mid-stream start after the handshake: nothing can be told.")
def encrypted_only(flights, ends):
    application = [(side, data) for side, data in flights[4:]] or [(True, record(APPLICATION_DATA, 0x0303, bytes(range(200))))]
    return carried(conversation(application + [(False, record(APPLICATION_DATA, 0x0303, bytes(range(100))))])[3:], ends)


@forged("Only the client's direction was captured", "Client and server told from the handshake; no server facts.")
def client_side_only(flights, ends):
    return carried([segment for segment in conversation(flights) if segment.from_client], ends)


@forged("Only the server's direction was captured", "Server facts alone, and the ends the right way round.")
def server_side_only(flights, ends):
    return carried([segment for segment in conversation(flights) if not segment.from_client], ends)


@forged("The same session before and behind a device that rewrites sequence numbers", "One session, one event.")
def sequence_rewriting_device(flights, ends):
    before = carried(conversation(flights), ends).frames
    behind = carried(conversation(flights, client_start=77_000_000, server_start=99_000_000), ends).frames
    return Shape([(number * MILLISECOND + shift, frame)
                  for number, pair in enumerate(zip(before, behind))
                  for shift, frame in zip((0, 20_000), pair)])


@forged("A session mirrored twice, frame by frame", "The same frames seen twice are one event.")
def mirrored_with_other_vlan(flights, ends):
    frames = carried(conversation(flights), ends).frames
    return Shape([copy for frame in frames for copy in (frame, frame[:12] + bytes.fromhex("81000014") + frame[12:])])


@forged("RST in the middle of the handshake", "Published at the RST, not established.")
def reset_in_handshake(flights, ends):
    segments = conversation(flights[:2], close=False)
    last = segments[-1]
    return carried(segments + [Segment(True, RST, last.acknowledged, 0)], ends)


@forged("A hello that nobody answers", "Published at the end of the input, without server facts.")
def no_answer(flights, ends):
    return carried(conversation(flights[:1], close=False), ends)


# ---- records and messages

def plaintext(data):
    """The handshake bytes of a flight before ChangeCipherSpec, and the rest of the flight."""
    clear = b""
    for number, (kind, _, body) in enumerate(found := records(data)):
        if kind != HANDSHAKE:
            return clear, b"".join(record(*rest) for rest in found[number:])
        clear += body
    return clear, b""


def framed(flights, frame):
    """The flights with the handshake bytes of both hellos' flights in other records."""
    def again(data):
        clear, rest = plaintext(data)
        return frame(clear) + rest
    return [(side, again(data)) for side, data in flights[:2]] + flights[2:]


def one_byte_records(clear):
    return b"".join(record(HANDSHAKE, 0x0301, clear[at:at + 1]) for at in range(len(clear)))


@forged("Hellos and certificates in records of one byte", "A message may start, go on and end in any record.")
def records_of_one_byte(flights, ends):
    return carried(conversation(framed(flights, one_byte_records)), ends)


@forged("The whole flight of the server in one record", "Several messages in one record.")
def messages_in_one_record(flights, ends):
    return carried(conversation(framed(flights, lambda clear: record(HANDSHAKE, 0x0303, clear))), ends)


@forged("An SSLv2-framed hello that offers TLS 1.0", "The old frame is read; the rest is TLS.", base=TLS10)
def sslv2_hello(flights, ends):
    suites = b"".join(suite.to_bytes(3, "big") for suite in (0x00002F, 0x00C014, 0x0000FF, 0x010080))
    body = struct.pack(">BHHHH", 1, 0x0301, len(suites), 0, 16) + suites + bytes(range(16))
    return carried(conversation([(True, struct.pack(">H", 0x8000 | len(body)) + body), *flights[1:]]), ends)


@forged("A server name of control characters, NUL and invalid UTF-8", "Hostile text becomes valid JSON.")
def hostile_server_name(flights, ends):
    hostile = b"\x1b[2Jw\x00\"\\<\xff\xfe.test"
    assert len(hostile) == len(b"www.example.test")
    side, hello = flights[0]
    return carried(conversation([(side, hello.replace(b"www.example.test", hostile)), *flights[1:]]), ends)


@forged("An alert and nothing else", "A record without a handshake.")
def alert_only(flights, ends):
    return carried(conversation([(False, record(ALERT, 0x0303, bytes([2, 40])))]), ends)


@forged("A warning before the server's hello", "Two alerts of one side, told in order; a warning ends nothing.")
def warning_and_fatal(flights, ends):
    warning, fatal = (record(ALERT, 0x0303, bytes(alert)) for alert in ([1, 112], [2, 80]))
    return carried(conversation([flights[0], (False, warning + flights[1][1]), (True, fatal)]), ends)


# ---- carriers

@forged("VLAN 20", "network.vlan.id.")
def vlan(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: ethernet(c, 0x8100, struct.pack(">HH", 20, ethertype(p)) + p))


@forged("VLAN 30 in service VLAN 100", "QinQ: inner and outer.")
def qinq(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: ethernet(c, 0x88A8, struct.pack(">HHHH", 100, 0x8100, 30, ethertype(p)) + p))


@forged("Two MPLS labels", "Label stack to its bottom.")
def mpls(flights, ends):
    return carried(conversation(flights), ends,
                   lambda c, p: ethernet(c, 0x8847, struct.pack(">II", 16 << 12 | 64, 17 << 12 | 1 << 8 | 64) + p))


@forged("PPPoE session", "PPP behind 0x8864.")
def pppoe(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: ethernet(c, 0x8864, struct.pack(">BBHHH", 0x11, 0, 7, len(p) + 2, 0x0021) + p))


@forged("GRE with a key", "The inner addresses are the session's.")
def gre(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: outer(c, 47, struct.pack(">HHI", 0x2000, ethertype(p), 42) + p))


@forged("ERSPAN II", "Mirrored Ethernet in GRE.")
def erspan_2(flights, ends):
    return carried(conversation(flights), ends,
                   lambda c, p: outer(c, 47, struct.pack(">HHIHHI", 0x1000, 0x88BE, 1, 1 << 12 | 20, 5, 0) + plain(c, p)))


@forged("VXLAN 5001", "Ethernet in UDP 4789, with its VNI.")
def vxlan(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: outer_udp(c, 4789, struct.pack(">II", 0x08000000, 5001 << 8) + plain(c, p)))


@forged("GENEVE 5002 with an option", "Options are skipped by their length.")
def geneve(flights, ends):
    return carried(conversation(flights), ends,
                   lambda c, p: outer_udp(c, 6081, struct.pack(">BBHIHBBI", 2, 0, 0x6558, 5002 << 8, 0x0101, 1, 1, 0) + plain(c, p)))


@forged("GTP-U", "A subscriber's packet in UDP 2152.")
def gtp_u(flights, ends):
    return carried(conversation(flights), ends, lambda c, p: outer_udp(c, 2152, struct.pack(">BBHI", 0x30, 255, len(p), 99) + p))


@forged("IPv6 in IPv4", "6in4: addresses of version 6.")
def ipv6_in_ipv4(flights, ends):
    six = Ends(*SIX, ends.client_port)
    return carried(conversation(flights), six, lambda c, p: outer(c, 41, p))


@forged("Linux cooked capture", "Link type 113.")
def linux_cooked(flights, ends):
    shape = carried(conversation(flights), ends, lambda c, p: struct.pack(">HHH6s2xH", 4 if c else 0, 1, 6, SERVER_MAC, ethertype(p)) + p)
    shape.link_type = LINUX_SLL
    return shape


@forged("IPv6 with hop-by-hop and destination options", "Extension headers are walked.")
def ipv6_extension_headers(flights, ends):
    six = Ends(*SIX, ends.client_port)
    padding = bytes([1, 4, 0, 0, 0, 0])
    return Shape([plain(s.from_client, ipv6(*six.of(s.from_client), 0, bytes([60, 0]) + padding + bytes([6, 0]) + padding + tcp(six, s)))
                  for s in conversation(flights)])


@forged("IPv4 fragments, last one first", "Reassembled before TCP sees them.")
def ipv4_fragments(flights, ends):
    frames = []
    for number, segment in enumerate(conversation(flights)):
        whole, pieces = tcp(ends, segment), []
        for at in range(0, len(whole), 400):
            more = 0x2000 if at + 400 < len(whole) else 0
            piece = ipv4(*ends.of(segment.from_client), 6, whole[at:at + 400], number + 1, more | at // 8)
            pieces.append(plain(segment.from_client, piece))
        frames += pieces[::-1]
    return Shape(frames)


@forged("IPv6 fragments", "The fragment header's twin of the IPv4 case.")
def ipv6_fragments(flights, ends):
    six, frames = Ends(*SIX, ends.client_port), []
    for number, segment in enumerate(conversation(flights)):
        whole = tcp(six, segment)
        for at in range(0, len(whole), 400):
            header = struct.pack(">BBHI", 6, 0, at | (at + 400 < len(whole)), number + 1)
            frames.append(plain(segment.from_client, ipv6(*six.of(segment.from_client), 44, header + whole[at:at + 400])))
    return Shape(frames)


# ---- capture files

@forged("A big-endian capture file with nanoseconds", "Byte order and resolution by the magic number.")
def pcap_big_endian_nanoseconds(flights, ends):
    shape = carried(conversation(flights), ends)
    shape.options = {"order": ">", "nanoseconds": True}
    return shape


@forged("Frames cut at 1000 bytes", "What the snap length took away is a hole, not an end.")
def snap_length(flights, ends):
    shape = carried(conversation(flights), ends)
    shape.options = {"snap": 1000}
    return shape


@forged("pcapng with two interfaces of other link types and time units",
        "Each packet is read by its interface; the directions came over different ones.")
def pcapng_two_interfaces(flights, ends):
    frames = []
    for number, segment in enumerate(conversation(flights)):
        bare = packet(ends, segment)
        frames.append((number * MILLISECOND, *((plain(True, bare), 0) if segment.from_client else (bare, 1))))
    return Shape(frames, link_type=(1, 101), extension="pcapng")


def describe(name, title, proves, base):
    (CORPUS / name / "README.md").write_text(
        f"# {title}\n\n{proves}\n\nForged by `../make/forge.py {name}` from the TLS bytes of [`../{base}`](../{base}/README.md); "
        "addresses, order and carrier are made up.\n\nMade by this project; Apache-2.0, as the rest of it.\n", encoding="utf-8")


def main():
    wanted = sys.argv[1:] or list(CASES)
    for number, (name, (title, proves, base, function)) in enumerate(CASES.items()):
        if name in wanted:
            flights = flights_of(CORPUS / base / "input.pcap", connection=1 if base == RESUMED else 0)
            shape = function(flights, Ends(client_port=50000 + number))
            folder = CORPUS / name
            folder.mkdir(exist_ok=True)
            (folder / f"input.{shape.extension}").write_bytes(shape.write(START + number * 100 * 10**9))
            describe(name, title, proves, base)
            print(name)


if __name__ == "__main__":
    main()
