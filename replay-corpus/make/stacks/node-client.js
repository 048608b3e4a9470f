// Usage: node node-client.js HOST PORT TIMES OPTIONS-AS-JSON. The session of one connection is offered by the next.
const [host, port, times, json] = process.argv.slice(2);
const options = { host, port: Number(port), servername: 'www.example.test', rejectUnauthorized: false, ...JSON.parse(json || '{}') };

function connect(left, session) {
    if (left === 0) return;
    const socket = require('tls').connect({ ...options, session }, () => socket.write('hello\n'));
    socket.on('session', ticket => { session = ticket; });
    socket.on('error', error => console.error(error.code));
    socket.on('data', () => {});
    socket.on('close', () => connect(left - 1, session));
}
connect(Number(times));
