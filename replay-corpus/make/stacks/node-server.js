// Usage: node node-server.js PORT OPTIONS-AS-JSON. With ALPN h2 an HTTP/2 server, else a server that answers one line.
const fs = require('fs');
const [port, json] = process.argv.slice(2);
const options = { key: fs.readFileSync('leaf.key'), cert: fs.readFileSync('leaf.pem') + fs.readFileSync('intermediate.pem'),
    ...JSON.parse(json || '{}') };
const isHttp2 = (options.ALPNProtocols || []).includes('h2');
const server = isHttp2
    ? require('http2').createSecureServer(options, (_, response) => response.end('hello\n'))
    : require('tls').createServer(options, socket => socket.on('error', () => {}).once('data', () => socket.end('hello\n')));
server.on('tlsClientError', error => console.error(error.code));
server.listen(Number(port));
