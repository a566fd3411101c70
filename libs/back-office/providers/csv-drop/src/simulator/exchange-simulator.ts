import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Exchange, type ExchangeOptions } from './exchange';
import { Faults } from './faults';
import { exchangePage } from './page';

/** How a simulator is started. @public */
export interface ExchangeSimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** One for each council. */
  readonly exchanges: readonly ExchangeOptions[];
  readonly now?: () => Date;
}

const HARMLESS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
const MOST_BYTES = 10_000;

/**
 * A system that takes and gives files, on this machine, for tests and trials: a page shows what came and writes files of what happens.
 * @public
 * @example const system = await ExchangeSimulator.start({ exchanges: [{ title: 'Riverbourne', folder }] }); csvDrop({ folder })
 */
export class ExchangeSimulator {
  readonly exchanges: readonly Exchange[];
  readonly faults = new Faults();
  readonly #server: Server;

  private constructor(private readonly options: ExchangeSimulatorOptions) {
    this.exchanges = options.exchanges.map((one) => new Exchange(one));
    this.#server = createServer((request, response) => { this.serve(request, response).catch(() => response.destroy()); });
  }
  static async start(options: ExchangeSimulatorOptions): Promise<ExchangeSimulator> {
    const simulator = new ExchangeSimulator(options);
    // A folder that was away when the process before ended.
    for (const exchange of simulator.exchanges) await exchange.giveBack();
    await new Promise<void>((resolve, reject) => { simulator.#server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve); });
    return simulator;
  }
  get origin(): string { return `http://localhost:${(this.#server.address() as AddressInfo).port}`; }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()); });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, content: string | Uint8Array, headers: Record<string, string> = {}): void => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers }).end(content);
    const { pathname } = new URL(request.url ?? '/', this.origin);
    if (request.method === 'GET') {
      if (pathname === '/') return answer(200, await this.page(), { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': HARMLESS });
      const [, at = '', name = ''] = /^\/photos\/(\d{1,3})\/([^/]+)$/.exec(pathname) ?? [];
      const photo = await this.exchanges[Number(at || -1)]?.photo(name);
      return photo ? answer(200, photo, { 'content-type': 'image/jpeg', 'content-security-policy': "default-src 'none'; sandbox" }) : answer(404, 'There is nothing here.');
    }
    if (request.method !== 'POST') return answer(405, 'This is not done here.');
    // A page of another site can send a form, and cannot send this header or this origin.
    if (request.headers['simulator-control'] !== 'yes' && request.headers.origin !== this.origin) return answer(403, 'Send the header Simulator-Control: yes');
    const refusal = await this.press(pathname, new URLSearchParams(await bodyOf(request)));
    return refusal ? answer(...refusal) : answer(303, '', { location: '/' });
  }

  /** Does what a form says. @returns what is wrong with it */
  private async press(pathname: string, form: URLSearchParams): Promise<readonly [number, string] | undefined> {
    const field = (name: string): string => form.get(name) ?? '';
    const exchange = this.exchanges[Number(form.get('exchange') ?? -1)];
    if (pathname === '/clear') return void this.faults.clear();
    if (pathname === '/faults') {
      try { return void this.faults.plan(field('fault'), Number(form.get('times') ?? 1)); } catch (error) { return [400, error instanceof Error ? error.message : 'This cannot be planned.']; }
    }
    if (!exchange) return [404, 'There is nothing here.'];
    switch (pathname) {
      case '/away': return exchange.takeAway().then(() => undefined);
      case '/back': return exchange.giveBack().then(() => undefined);
      case '/take': return exchange.takeFiles().then(() => undefined);
      case '/finish': return exchange.finishFiles().then(() => undefined);
      case '/happens': return (await exchange.says(field('reference'), field('status') || 'open', field('text'), this.options.now?.() ?? new Date(), this.faults.next())) ? undefined : [404, 'There is no such case.'];
      case '/again': return (await exchange.saysAgain(field('reference'))) ? undefined : [404, 'Nothing has happened to such a case.'];
      default: return [404, 'There is nothing here.'];
    }
  }

  private async page(): Promise<string> {
    const exchanges = await Promise.all(this.exchanges.map(async (one) => ({ title: one.title, isAway: await one.isAway(), received: await one.received(), told: one.told, ...(await one.left()) })));
    return exchangePage({ exchanges, planned: this.faults.planned });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MOST_BYTES) throw new RangeError('This is too long.');
  }
  return body;
}
