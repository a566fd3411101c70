import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { signTrustList, type TrustList } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import type { RecognisedList } from '../src/trusting/recognised-list';

/** A regional body that publishes a list as a file, as any web server would: with an ETag, and 304 for whoever has it. */
export class Region {
  readonly body = bodyNamed('north-region', 'North Region');
  /** What was asked for, and what was answered. */
  readonly answered: number[] = [];
  text = '';
  /** What is published beside the list, at an address of its own. */
  published = '';
  list: TrustList = { id: 'north', by: this.body.id, serial: 1, issued: '2026-11-22T00:00:00Z', expires: '2026-12-22T00:00:00Z', members: [], assessors: [] };
  origin = '';
  #server: Server | undefined;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const served = request.url === '/publications.json' ? this.published : this.text;
      const etag = `"${createHash('sha256').update(served).digest('hex').slice(0, 16)}"`;
      const status = request.headers['if-none-match'] === etag ? 304 : served === '' ? 404 : 200;
      this.answered.push(status);
      response.writeHead(status, { etag, 'content-type': 'application/json' }).end(status === 200 ? served : undefined);
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get recognised(): RecognisedList { return { id: 'north', by: { id: this.body.id, name: this.body.name, keys: this.body.keys }, url: `${this.origin}/trust-list.json` }; }

  /** Publishes the next list, with these changes. */
  publish(changes: Partial<TrustList> = {}): void {
    this.list = { ...this.list, serial: this.list.serial + 1, ...changes };
    this.text = JSON.stringify(signTrustList(this.list, this.body.signer));
  }

  async stop(): Promise<void> {
    if (!this.#server?.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
