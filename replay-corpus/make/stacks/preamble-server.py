"""Speaks a plaintext preamble, then TLS with Python's ssl module. Usage: preamble-server.py PORT PROTOCOL ("http": no TLS at all)."""
import socket
import ssl
import sys

import preambles

port, protocol = int(sys.argv[1]), sys.argv[2]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("chain.pem", "leaf.key")
listener = socket.create_server(("", port))
while True:
    connection, _ = listener.accept()
    preambles.run(connection, protocol, "server")
    if protocol != "http":
        connection = context.wrap_socket(connection, server_side=True)
        connection.recv(100)
        connection.sendall(b"hello\n")
    connection.close()
