import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that runs. @beta */
export interface ServedOnThisMachine {
  /** `http://localhost:4110` */
  readonly origin: string;
  /** Cuts every connection and waits until nothing listens any more. */
  close(): Promise<void>;
}

/**
 * Lets a simulator listen on the loopback interface, and on no other: whoever reaches it may say that something was paid.
 * @beta
 * @param port 0 for a free one
 * @param serve answers one request, and catches what goes wrong in it
 * @throws Error when the port is taken
 */
export async function serveOnThisMachine(port: number, serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<ServedOnThisMachine> {
  const server = createServer((request, response) => { void serve(request, response); });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, 'localhost', resolve); });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => { server.close(() => resolve()); });
    },
  };
}
