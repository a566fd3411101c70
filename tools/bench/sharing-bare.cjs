'use strict';
// The same two hops with nothing between them: a body that asks (ASKS_AT says where) and one that answers, over HTTP, with no agreement, no signature and no log.
const http = require('node:http');

const { PORT, ASKS_AT: origin } = process.env;
const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
const answer = JSON.stringify({ evidence: [{ attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null }] });
http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET' || !origin) return void response.end(answer);
    http.request(`${origin}/exchange`, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (answered) => answered.pipe(response)).end(body);
  });
}).listen(Number(PORT), '127.0.0.1');
