import { createServer } from 'node:net';

/** Where the far ends of an app's sandboxes follow its own port. */
const COMPANIONS_AFTER = 100;
const COMPANIONS = 8;

/** A port for an app whose own and whose companions' ports are free, below those that systems give out by themselves. */
export async function appPort(companions = COMPANIONS): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 15_000 + Math.floor(Math.random() * 16_000);
    const wanted = [port, ...Array.from({ length: companions }, (_one, at) => port + COMPANIONS_AFTER + at)];
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return port;
  }
  throw new Error('There are not enough free ports on this machine.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
