import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Gives the same photo at every address, or answers with another status. */
export class PhotoServer {
  answers = 200;
  /** How often it was asked. */
  asked = 0;
  readonly #server: Server;
  private constructor(photo: Uint8Array) {
    this.#server = createServer((_request, response) => {
      this.asked += 1;
      response.writeHead(this.answers, { 'content-type': 'image/jpeg' }).end(this.answers === 200 ? photo : '');
    });
  }
  static async start(photo: Uint8Array): Promise<PhotoServer> {
    const server = new PhotoServer(photo);
    await new Promise<void>((resolve) => { server.#server.listen(0, '127.0.0.1', resolve); });
    return server;
  }
  get origin(): string { return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }
}
