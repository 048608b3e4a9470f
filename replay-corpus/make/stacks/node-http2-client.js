// Usage: node node-http2-client.js HOST PORT MAX-VERSION. One GET over HTTP/2.
const [host, port, maxVersion] = process.argv.slice(2);
const session = require('http2').connect(`https://${host}:${port}`,
    { servername: 'www.example.test', rejectUnauthorized: false, maxVersion });
const request = session.request({ ':path': '/' });
request.on('data', () => {}).on('end', () => session.close());
