"""The client of preamble-server.py for what openssl s_client does not speak. Usage: preamble-client.py HOST PORT PROTOCOL."""
import socket
import ssl
import sys

import preambles

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
preambles.run(connection, sys.argv[3], "client")
context = ssl.create_default_context(cafile="root.pem")
connection = context.wrap_socket(connection, server_hostname="www.example.test")
connection.sendall(b"hello\n")
connection.recv(100)
connection.close()
