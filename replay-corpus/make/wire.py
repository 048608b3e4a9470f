"""Bytes of frames, packets, segments and capture files, and the TLS bytes of a recorded session. Only what forge needs."""
import struct
from dataclasses import dataclass, replace

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
CLIENT_MAC, SERVER_MAC = bytes.fromhex("020000770101"), bytes.fromhex("020000770102")
ETHERNET, LINUX_SLL, RAW = 1, 113, 101


# ---- capture files

def read_pcap(path):
    """(time in ns, frame) of a little-endian microsecond pcap."""
    data = path.read_bytes()
    assert data[:4] == bytes.fromhex("d4c3b2a1")
    frames, at = [], 24
    while at < len(data):
        seconds, microseconds, length = struct.unpack_from("<III", data, at)
        frames.append((seconds * 10**9 + microseconds * 1000, data[at + 16:at + 16 + length]))
        at += 16 + length
    return frames


def pcap(frames, link_type=ETHERNET, nanoseconds=False, order="<", snap=65535):
    """Frames are (time in ns, bytes)."""
    out = [struct.pack(order + "IHHiIII", 0xA1B23C4D if nanoseconds else 0xA1B2C3D4, 2, 4, 0, 0, snap, link_type)]
    for time, frame in frames:
        fraction = time % 10**9 // (1 if nanoseconds else 1000)
        out.append(struct.pack(order + "IIII", time // 10**9, fraction, min(len(frame), snap), len(frame)) + frame[:snap])
    return b"".join(out)


def pcapng(frames, link_types):
    """Frames are (time in ns, bytes, interface). The second interface counts nanoseconds, the others microseconds."""
    def block(kind, body):
        body += bytes(-len(body) % 4)
        return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)

    out = [block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    for number, link_type in enumerate(link_types):
        resolution = struct.pack("<HHB3xHH", 9, 1, 9, 0, 0) if number == 1 else b""
        out.append(block(1, struct.pack("<HHI", link_type, 0, 65535) + resolution))
    for time, frame, interface in frames:
        stamp = time if interface == 1 else time // 1000
        out.append(block(6, struct.pack("<IIIII", interface, stamp >> 32, stamp & 0xFFFFFFFF, len(frame), len(frame)) + frame))
    return b"".join(out)


# ---- segments and packets

@dataclass(frozen=True)
class Segment:
    from_client: bool
    flags: int
    sequence: int
    acknowledged: int
    data: bytes = b""

    def cut(self, start, end=None):
        return replace(self, sequence=(self.sequence + start) % 2**32, data=self.data[start:end])


@dataclass(frozen=True)
class Ends:
    client: bytes = bytes([10, 77, 1, 1])
    server: bytes = bytes([10, 77, 1, 2])
    client_port: int = 50000
    server_port: int = 443

    def of(self, from_client):
        return (self.client, self.server) if from_client else (self.server, self.client)


SIX = (bytes.fromhex("fd000077000100000000000000000001"), bytes.fromhex("fd000077000100000000000000000002"))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ipv4(source, destination, protocol, payload, identification=0, fragment=0, ttl=64):
    header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), identification, fragment, ttl, protocol, 0, source, destination)
    return header[:10] + struct.pack(">H", checksum(header)) + header[12:] + payload


def ipv6(source, destination, protocol, payload):
    return struct.pack(">IHBB16s16s", 6 << 28, len(payload), protocol, 64, source, destination) + payload


def ip(source, destination, protocol, payload):
    return (ipv4 if len(source) == 4 else ipv6)(source, destination, protocol, payload)


def udp(source, destination, port, payload):
    """In an IPv4 packet; checksum 0 is allowed there."""
    return ipv4(source, destination, 17, struct.pack(">HHHH", 49152, port, 8 + len(payload), 0) + payload)


def tcp(ends, segment):
    """The TCP header and data of a segment, with its checksum."""
    source, destination = ends.of(segment.from_client)
    ports = (ends.client_port, ends.server_port) if segment.from_client else (ends.server_port, ends.client_port)
    header = struct.pack(">HHIIBBHHH", *ports, segment.sequence, segment.acknowledged, 5 << 4, segment.flags, 64240, 0, 0)
    pseudo = source + destination + struct.pack(">II", len(header) + len(segment.data), 6)
    return header[:16] + struct.pack(">H", checksum(pseudo + header + segment.data)) + header[18:] + segment.data


def packet(ends, segment):
    return ip(*ends.of(segment.from_client), 6, tcp(ends, segment))


# ---- frames

def ethertype(packet_bytes):
    return 0x0800 if packet_bytes[0] >> 4 == 4 else 0x86DD


def ethernet(from_client, kind, payload):
    macs = SERVER_MAC + CLIENT_MAC if from_client else CLIENT_MAC + SERVER_MAC
    return macs + struct.pack(">H", kind) + payload


def plain(from_client, packet_bytes):
    return ethernet(from_client, ethertype(packet_bytes), packet_bytes)


# ---- conversations

def conversation(flights, size=1400, client_start=1000, server_start=5000, close=True):
    """A whole connection: three-way handshake, the flights cut into segments, FIN of both."""
    sent = {True: client_start, False: server_start}
    segments = []

    def send(from_client, flags, data=b""):
        acknowledged = 0 if flags == SYN else sent[not from_client]
        segments.append(Segment(from_client, flags, sent[from_client], acknowledged, data))
        sent[from_client] = (sent[from_client] + len(data) + (1 if flags & (SYN | FIN) else 0)) % 2**32

    send(True, SYN)
    send(False, SYN | ACK)
    send(True, ACK)
    for from_client, data in flights:
        for at in range(0, len(data), size):
            send(from_client, PSH | ACK, data[at:at + size])
    if close:
        send(True, FIN | ACK)
        send(False, FIN | ACK)
        send(True, ACK)
    return segments


def flights_of(path, connection=0):
    """The TLS bytes of one recorded connection (Ethernet, IPv4, in order) as [(from client, bytes)], turn by turn."""
    connections, flights, following = [], [], {}
    for _, frame in read_pcap(path):
        total, protocol = struct.unpack_from(">H", frame, 16)[0], frame[23]
        assert frame[12:15] == b"\x08\x00\x45" and protocol == 6
        source, destination, sequence = struct.unpack_from(">HHI", frame, 34)
        flags, data = frame[47], frame[34 + (frame[46] >> 4) * 4:14 + total]
        if flags & SYN:
            if not flags & ACK:
                connections.append(source)
            following[source] = sequence + 1
        elif data and connection < len(connections) and connections[connection] in (source, destination) and following[source] == sequence:
            from_client = source == connections[connection]
            following[source] = (sequence + len(data)) % 2**32
            if flights and flights[-1][0] == from_client:
                flights[-1] = (from_client, flights[-1][1] + data)
            else:
                flights.append((from_client, data))
    return flights


def records(data):
    """TLS records as (type, version, body)."""
    found, at = [], 0
    while at < len(data):
        kind, version, length = struct.unpack_from(">BHH", data, at)
        found.append((kind, version, data[at + 5:at + 5 + length]))
        at += 5 + length
    return found


def record(kind, version, body):
    return struct.pack(">BHH", kind, version, len(body)) + body
