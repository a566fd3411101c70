import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';
const MACHINE = 'bench-uploads';
const MACHINE_SECRET = 'bench-secret-of-no-importance';
const FILES = 50;
const SIZE = 10_000_000;

/** Fifty files of the largest size that come at once, all but the last bytes of each, and then these too: what that costs in memory. */
export async function uploads({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000' };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  await database.owner.query(`insert into identity.machine_client (council_id, client_id, title, secret_hash, permissions, created_at, changed_at, expires_at) values ($1, $2, 'Bench', $3, '{documents.add}', now(), now(), now() + interval '1 day') on conflict do nothing`, [COUNCIL, MACHINE, createHash('sha256').update(MACHINE_SECRET).digest('base64url')]);
  const server = await startApp({ root, args: ['serve', '--port', '4690', ...data], env, port: 4690 });
  try {
    // What the first one costs is the cost of having started.
    await (await begun(4690)).finish();
    const atRest = server.residentMb();
    const sent = await Promise.all(Array.from({ length: FILES }, () => begun(4690)));
    const whileWaiting = server.residentMb();
    const began = performance.now();
    await Promise.all(sent.map(({ finish }) => finish()));
    return [
      figure('uploads.waiting-mb', `${FILES} files of 10 MB on their way: resident memory, above the server at rest`, Math.max(0, whileWaiting - atRest), 'MB', { atMost: (FILES * SIZE) / 1e6 / 5 }),
      figure('uploads.grown-mb', 'the same, looked at and kept: memory at its peak, above the server at rest', server.peakMb() - atRest, 'MB'),
      figure('uploads.seconds', 'the same: from their last bytes until all are kept', (performance.now() - began) / 1000, 's'),
    ];
  } finally {
    await server.stop();
  }
}

/** A file whose last bytes are still to be sent. */
async function begun(port) {
  const fields = { documentId: randomUUID(), kind: 'file', filename: 'letter.pdf', subjectType: 'bench', subjectId: randomUUID() };
  const head = `${Object.entries(fields).map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--x\r\ncontent-disposition: form-data; name="file"; filename="upload"\r\ncontent-type: application/pdf\r\n\r\n`;
  const tail = '\r\n--x--\r\n';
  const call = http.request({
    host: '127.0.0.1', port, path: '/api/documents/v1/documents', method: 'POST', agent: false,
    headers: { host: `localhost:${port}`, authorization: `Bearer ${MACHINE}.${MACHINE_SECRET}`, accept: 'application/json', 'content-type': 'multipart/form-data; boundary=x', 'content-length': Buffer.byteLength(head) + SIZE + tail.length },
  });
  const answered = new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => (response.statusCode === 201 ? resolve() : reject(new Error(`A file was answered ${response.statusCode}: ${text.slice(0, 300)}`))));
    });
  });
  answered.catch(() => undefined);
  const write = (bytes) => new Promise((resolve, reject) => call.write(bytes, (error) => (error ? reject(error) : resolve())));
  await write(head);
  const chunk = Buffer.alloc(100_000, 0x20);
  for (let at = 0; at < SIZE; at += chunk.byteLength) await write(at === 0 ? Buffer.concat([Buffer.from('%PDF-1.4\n'), chunk.subarray(9)]) : chunk);
  return { finish: () => { call.end(tail); return answered; } };
}
