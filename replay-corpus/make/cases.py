"""The captures of real stacks: what runs on which side. Commands run beside the keys of make-keys.sh; $STACKS is the folder stacks/."""
from dataclasses import dataclass, field

SERVER, SERVER6 = "10.77.0.2", "fd00:77::2"

# The second before standard input ends is for the tickets that a 1.3 server sends after the handshake.
S_CLIENT = "sleep 1 | openssl s_client -CAfile root.pem -servername www.example.test"
S_SERVER = "openssl s_server -cert leaf.pem -key leaf.key -cert_chain ca.pem -quiet"
GNUTLS_CLIENT = "sleep 1 | gnutls-cli --x509cafile root.pem --sni-hostname www.example.test --no-ocsp --insecure"
GNUTLS_SERVER = "gnutls-serv --quiet --nodb --noticket --x509certfile chain.pem --x509keyfile leaf.key"
NSS_CLIENT = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | tstclnt -d sql:nss -w '' -a www.example.test -h " + SERVER
NSS_SERVER = "selfserv -d sql:nss -w '' -n server"
CHROMIUM = ("timeout 20 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --user-data-dir=chromium --ignore-certificate-errors")


@dataclass
class Case:
    name: str
    title: str
    proves: str
    stack: str
    server: str
    clients: list[str] = field(default_factory=list)
    port: int = 443
    format: str = "pcap"
    first_connection_only: bool = False


CASES = [
    # ---- versions and key exchanges
    Case("tls10-cbc", "TLS 1.0 with a CBC suite",
         "Version 1.0 from record and hello; no supported_versions, no signature_algorithms.", "OpenSSL",
         f"{S_SERVER} -accept 443 -cipher ALL:@SECLEVEL=0 -tls1",
         [f"{S_CLIENT} -connect {SERVER}:443 -tls1 -cipher AES128-SHA:ECDHE-RSA-AES256-SHA:@SECLEVEL=0"]),
    Case("tls11", "TLS 1.1", "Version 1.1, in the hello of another stack.", "GnuTLS",
         f"{GNUTLS_SERVER} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.1:+SHA1:%COMPAT:+SIGN-RSA-SHA1",
         [f"{GNUTLS_CLIENT} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.1 {SERVER}"]),
    Case("tls12-rsa-key-exchange", "TLS 1.2 with RSA key exchange",
         "No ServerKeyExchange, so no group; ClientKeyExchange is the RSA kind.", "NSS",
         f"{NSS_SERVER} -p 443 -V tls1.2:tls1.2 -c :009C",
         [f"{NSS_CLIENT} -p 443 -V tls1.2:tls1.2 -c :009C"]),
    Case("tls12-full-chain", "TLS 1.2, ECDHE, leaf, intermediate and root sent",
         "The chain in its order; group from ServerKeyExchange. Base of most forged captures.", "GnuTLS",
         f"{GNUTLS_SERVER} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2",
         [f"{GNUTLS_CLIENT} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --alpn http/1.1 {SERVER}"]),
    Case("tls12-dhe", "TLS 1.2 with finite-field DHE", "ServerKeyExchange without a named curve.", "GnuTLS",
         f"{GNUTLS_SERVER} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA",
         [f"{GNUTLS_CLIENT} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA {SERVER}"]),
    Case("tls12-psk-key-exchange", "TLS 1.2 with a pre-shared key and no certificate",
         "A full handshake without certificates is no resumption.", "OpenSSL",
         "openssl s_server -accept 443 -quiet -nocert -tls1_2 -psk 0123456789abcdef -psk_hint corpus",
         [f"{S_CLIENT} -connect {SERVER}:443 -tls1_2 -cipher PSK-AES128-GCM-SHA256 -psk 0123456789abcdef -psk_identity alice"]),
    Case("tls12-anonymous", "TLS 1.2 with an anonymous suite", "A full handshake in which nobody shows a certificate.", "GnuTLS",
         "gnutls-serv --quiet --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ANON-ECDH",
         [f"{GNUTLS_CLIENT} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+ANON-ECDH {SERVER}"]),
    Case("tls12-renegotiation", "TLS 1.2, renegotiated by the client",
         "The second handshake is encrypted: one event, of the first.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_2 -client_renegotiation",
         [f"(sleep 0.5; echo R; sleep 1) | openssl s_client -CAfile root.pem -servername www.example.test -connect {SERVER}:443 -tls1_2"]),
    Case("tls13-full", "TLS 1.3, full handshake", "supported_versions, key_share group, certificates out of sight, established.", "OpenSSL",
         f"{S_SERVER} -accept 443", [f"{S_CLIENT} -connect {SERVER}:443"]),
    Case("tls13-dotnet-nonstandard-port", "TLS 1.3 of .NET's SslStream on port 40443", "TLS is found on any port.", ".NET, Node",
         """node "$STACKS/node-server.js" 40443 '{"ALPNProtocols":["http/1.1"]}'""",
         [f"dotnet SslStreamClient/SslStreamClient.dll {SERVER} 40443 www.example.test Tls13"], port=40443),
    Case("tls13-no-middlebox-ccs", "TLS 1.3 without middlebox compatibility",
         "Established without a ChangeCipherSpec; empty session id.", "OpenSSL",
         f"{S_SERVER} -accept 443 -no_middlebox", [f"{S_CLIENT} -connect {SERVER}:443 -no_middlebox"]),
    Case("tls13-hello-retry-request", "HelloRetryRequest: the server takes only P-384",
         "One session; client facts from the first hello, server facts from the real ServerHello.", "OpenSSL",
         f"{S_SERVER} -accept 443 -groups P-384", [f"{S_CLIENT} -connect {SERVER}:443 -groups X25519:P-384"]),
    Case("tls13-ipv6", "TLS 1.3 over IPv6", "Addresses of version 6.", "GnuTLS",
         f"{GNUTLS_SERVER} --port 443", [f"{GNUTLS_CLIENT} --port 443 {SERVER6}"]),
    Case("post-quantum-hello", "Chromium's hello with X25519MLKEM768, in two segments",
         "A hello larger than a segment; GREASE, ECH, a group of 1184 bytes. First of the browser's connections.", "Chromium, OpenSSL",
         "openssl s_server -cert leaf.pem -key leaf.key -cert_chain ca.pem -accept 443 -www",
         [f"{CHROMIUM} --host-resolver-rules='MAP www.example.test {SERVER}' --dump-dom https://www.example.test/"],
         format="pcapng", first_connection_only=True),
    Case("post-quantum-key-exchange", "X25519MLKEM768 on both sides",
         "The hybrid group is negotiated; key shares of 1216 and 1120 bytes stay out of the event.",
         "Node 24",
         """node_modules/.bin/node "$STACKS/node-server.js" 443 '{"ecdhCurve":"X25519MLKEM768"}'""",
         [f"""node_modules/.bin/node "$STACKS/node-client.js" {SERVER} 443 1"""]),

    # ---- resumption
    Case("tls12-resumed-session-id", "TLS 1.2, resumed by session id",
         "Two sessions; the second resumed, by id, without certificates.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_2 -no_ticket",
         [f"{S_CLIENT} -connect {SERVER}:443 -tls1_2 -no_ticket -sess_out session.pem",
          f"{S_CLIENT} -connect {SERVER}:443 -tls1_2 -no_ticket -sess_in session.pem"]),
    Case("tls12-resumed-ticket", "TLS 1.2, resumed by ticket", "Two sessions; the second resumed, by ticket, not by id.", "Node",
         """node "$STACKS/node-server.js" 443""",
         [f"""node "$STACKS/node-client.js" {SERVER} 443 2 '{{"maxVersion":"TLSv1.2"}}'"""]),
    Case("tls13-psk-resumption", "TLS 1.3, resumed by PSK",
         "Two sessions; the second resumed, by PSK. Identities and binders stay out of the event.", "Java",
         """java "$STACKS/JsseServer.java" 443 server.p12 TLSv1.3""",
         [f"""java "$STACKS/JsseClient.java" {SERVER} 443 www.example.test trust.p12 2"""]),
    Case("tls13-early-data", "TLS 1.3, 0-RTT",
         "early_data in the hello of the second session; its encrypted records disturb nothing.", "OpenSSL",
         f"{S_SERVER} -accept 443 -early_data",
         [f"{S_CLIENT} -connect {SERVER}:443 -sess_out session.pem",
          f"echo early > early.txt; {S_CLIENT} -connect {SERVER}:443 -sess_in session.pem -early_data early.txt"]),

    # ---- certificates
    Case("tls12-client-certificate", "TLS 1.2 with a client certificate",
         "CertificateRequest, and the client's chain told from the server's.", "NSS",
         f"{NSS_SERVER} -p 443 -V tls1.2:tls1.2 -r -r",
         [f"{NSS_CLIENT} -p 443 -V tls1.2:tls1.2 -n client"]),
    Case("tls13-client-certificate", "TLS 1.3 with a client certificate", "Encrypted: nothing of it may be claimed.", "OpenSSL, Node",
         """node "$STACKS/node-server.js" 443 '{"requestCert":true,"rejectUnauthorized":false}'""",
         [f"{S_CLIENT} -connect {SERVER}:443 -cert client.pem -key client.key"]),
    Case("certificate-p384", "An EC certificate on P-384", "Key algorithm, size and curve.", ".NET, OpenSSL",
         "openssl s_server -accept 443 -quiet -cert p384.pem -key p384.key -cert_chain ca.pem -alpn http/1.1",
         [f"dotnet SslStreamClient/SslStreamClient.dll {SERVER} 443 p384.example.test Tls12"]),
    Case("certificate-p256-java", "An EC certificate on P-256, served by Java in TLS 1.2", "Java's hello and key exchange.", "Java",
         """java "$STACKS/JsseServer.java" 443 p256.p12 TLSv1.2""",
         [f"""java "$STACKS/JsseClient.java" {SERVER} 443 p256.example.test trust.p12 1"""]),
    Case("certificate-ed25519", "An Ed25519 certificate", "EdDSA key.", "GnuTLS",
         "gnutls-serv --quiet --nodb --noticket --port 443 --x509certfile ed25519.pem --x509keyfile ed25519.key "
         "--priority NORMAL:-VERS-ALL:+VERS-TLS1.2",
         [f"{GNUTLS_CLIENT} --port 443 {SERVER}"]),
    Case("certificate-rsa-pss", "A certificate with an RSA-PSS key", "Key algorithm id-RSASSA-PSS.", "OpenSSL",
         "openssl s_server -accept 443 -quiet -cert rsapss.pem -key rsapss.key -cert_chain ca.pem -tls1_2",
         [f"{S_CLIENT} -connect {SERVER}:443"]),
    Case("ocsp-stapling", "A stapled OCSP answer",
         "status_request asked and answered; CertificateStatus between certificate and key exchange.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_2 -status_file ocsp.response", [f"{S_CLIENT} -connect {SERVER}:443 -status"]),
    Case("alpn-h2", "HTTP/2 by ALPN", "What the client offered and what the server took.", "Node",
         """node "$STACKS/node-server.js" 443 '{"ALPNProtocols":["h2","http/1.1"]}'""",
         [f"""node "$STACKS/node-http2-client.js" {SERVER} 443 TLSv1.2"""]),

    # ---- alerts
    Case("alert-unknown-ca", "The client does not know the CA", "Fatal alert 48 of the client; not established.", "OpenSSL",
         "openssl s_server -accept 443 -quiet -cert leaf.pem -key leaf.key -tls1_2",
         [f"sleep 1 | openssl s_client -servername www.example.test -connect {SERVER}:443 -verify_return_error"]),
    Case("alert-certificate-expired", "The server's certificate ended in 2020",
         "Fatal alert 45 of the client; validity in the past.", "OpenSSL",
         "openssl s_server -accept 443 -quiet -cert expired.pem -key expired.key -cert_chain ca.pem -tls1_2",
         [f"{S_CLIENT} -connect {SERVER}:443 -verify_return_error"]),
    Case("alert-certificate-unknown", "Java does not trust the chain", "Fatal alert 46 of the client.", "Java",
         """java "$STACKS/JsseServer.java" 443 server.p12 TLSv1.2""",
         [f"""java "$STACKS/JsseClient.java" {SERVER} 443 www.example.test - 1"""]),
    Case("alert-bad-certificate", "NSS asks for another name than the certificate has", "Fatal alert 42 of the client.", "NSS",
         f"{NSS_SERVER} -p 443 -V tls1.2:tls1.2",
         [f"tstclnt -d sql:nss -w '' -a other.example.org -h {SERVER} -p 443 -O < /dev/null"]),
    Case("alert-handshake-failure", "No suite in common", "Fatal alert 40 of the server instead of a ServerHello.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384",
         [f"{S_CLIENT} -connect {SERVER}:443 -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256"]),
    Case("alert-protocol-version", "No version in common", "Fatal alert 70 of the server.", "GnuTLS, OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_3",
         [f"{GNUTLS_CLIENT} --port 443 --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 {SERVER}"]),
    Case("alert-no-application-protocol", "No application protocol in common", "Fatal alert 120 of the server.", "Node",
         """node "$STACKS/node-server.js" 443 '{"ALPNProtocols":["h2"]}'""",
         [f"""node "$STACKS/node-client.js" {SERVER} 443 1 '{{"ALPNProtocols":["spdy/3"]}}'"""]),
    Case("alert-unrecognized-name", "The server knows no such name", "Alert 112 of the server.", "GnuTLS",
         f"{GNUTLS_SERVER} --port 443 --sni-hostname mail.example.test --sni-hostname-fatal",
         [f"{GNUTLS_CLIENT} --port 443 {SERVER}"]),
    Case("alert-no-client-certificate", "TLS 1.2: the client has no certificate to show",
         "An empty Certificate of the client; fatal alert 40.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_2 -Verify 2", [f"{S_CLIENT} -connect {SERVER}:443"]),
    Case("alert-hidden-by-encryption", "TLS 1.3: certificate_required, encrypted",
         "No alert may be claimed; the handshake looks complete.", "OpenSSL",
         f"{S_SERVER} -accept 443 -tls1_3 -Verify 2", [f"{S_CLIENT} -connect {SERVER}:443"]),

    # ---- TLS after plain text
    Case("starttls-smtp", "STARTTLS in SMTP", "A hello after a preamble of both sides.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 587 smtp""", [f"{S_CLIENT} -connect {SERVER}:587 -starttls smtp"], port=587),
    Case("starttls-imap", "STARTTLS in IMAP", "The same where the server speaks first and tags answers.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 143 imap""", [f"{S_CLIENT} -connect {SERVER}:143 -starttls imap"], port=143),
    Case("starttls-ldap", "StartTLS in LDAP", "A binary preamble of one message each.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 389 ldap""", [f"{S_CLIENT} -connect {SERVER}:389 -starttls ldap"], port=389),
    Case("postgres-ssl-request", "PostgreSQL's SSLRequest", "Eight bytes there, one byte back, then the hello.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 5432 postgres""", [f"{S_CLIENT} -connect {SERVER}:5432 -starttls postgres"], port=5432),
    Case("mysql-ssl-request", "MySQL's greeting and SSL request",
         "The server speaks first; the client answers 36 bytes and its hello.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 3306 mysql""", [f"{S_CLIENT} -connect {SERVER}:3306 -starttls mysql"], port=3306),
    Case("rdp", "RDP's negotiation", "An X.224 request and confirm, then the hello.", "Python",
         """python3 "$STACKS/preamble-server.py" 3389 rdp""",
         [f"""python3 "$STACKS/preamble-client.py" {SERVER} 3389 rdp"""], port=3389),
    Case("http-connect", "HTTP CONNECT", "TLS in the tunnel of a proxy: the session's addresses are the proxy's.", "Python, OpenSSL",
         """python3 "$STACKS/preamble-server.py" 8080 connect""",
         [f"{S_CLIENT} -proxy {SERVER}:8080 -connect www.example.test:443"], port=8080),
    Case("socks5", "SOCKS 5", "The same behind a SOCKS greeting.", "Python",
         """python3 "$STACKS/preamble-server.py" 1080 socks5""",
         [f"""python3 "$STACKS/preamble-client.py" {SERVER} 1080 socks5"""], port=1080),
    Case("plain-http", "HTTP on port 443, no TLS", "Nothing: no event.", "Python, curl",
         """python3 "$STACKS/preamble-server.py" 443 http""", [f"curl -s http://{SERVER}:443/"]),
]
