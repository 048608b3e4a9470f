"""What two sides say in plain text before TLS. A step is (who speaks, bytes); the listener waits for as many bytes as the step has."""

MYSQL_GREETING = (b"\x0a8.0.36\0" + (7).to_bytes(4, "little") + b"abcdefgh\0" + b"\xff\xff" + b"\xff" + b"\x02\x00" + b"\xff\xdf" + b"\x15"
                  + bytes(10) + b"ijklmnopqrst\0" + b"caching_sha2_password\0")

PREAMBLES = {
    # openssl s_client and curl speak the client's side of these. None: whatever they send, up to their next pause.
    "smtp": [("server", b"220 mail.example.test ESMTP\r\n"), ("client", None), ("server", b"250-mail.example.test\r\n250 STARTTLS\r\n"),
             ("client", None), ("server", b"220 2.0.0 Ready to start TLS\r\n")],
    "imap": [("server", b"* OK IMAP4rev1 ready\r\n"), ("client", None), ("server", b"* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n"),
             ("client", None), ("server", b". OK Begin TLS negotiation now\r\n")],
    "postgres": [("client", None), ("server", b"S")],
    "mysql": [("server", len(MYSQL_GREETING).to_bytes(3, "little") + b"\0" + MYSQL_GREETING), ("client", bytes(36))],
    "ldap": [("client", None), ("server", bytes.fromhex("300c02010178070a010004000400"))],
    "connect": [("client", None), ("server", b"HTTP/1.1 200 Connection established\r\n\r\n")],
    # Both sides are ours.
    "rdp": [("client", bytes.fromhex("030000130ee000000000000100080003000000")),
            ("server", bytes.fromhex("030000130ed000001234000209080002000000"))],
    "socks5": [("client", b"\x05\x01\x00"), ("server", b"\x05\x00"),
               ("client", b"\x05\x01\x00\x03\x10www.example.test\x01\xbb"), ("server", b"\x05\x00\x00\x01\x0a\x4d\x00\x02\x01\xbb")],
    "http": [("client", None), ("server", b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n")],
}


def run(connection, protocol, side):
    for speaker, data in PREAMBLES[protocol]:
        if speaker == side:
            connection.sendall(data)
        else:
            connection.recv(4096 if data is None else len(data))
