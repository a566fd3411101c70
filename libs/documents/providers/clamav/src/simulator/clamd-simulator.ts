import { rm } from 'node:fs/promises';
import { createServer as createWebServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Conversation } from './conversation';
import type { Said } from './conversation';
import { drive } from './drive';
import { Faults } from './faults';
import type { ClamdFault } from './faults';
import { findingIn } from './verdict';

/** How a simulator is started. @public */
export interface ClamdSimulatorOptions {
  /** Any free one unless told. */
  readonly port?: number;
  /** Listens on this Unix socket instead of a port. */
  readonly socketPath?: string;
  /** Of the page that drives it; any free one unless told. */
  readonly pagePort?: number;
  /** `StreamMaxLength`; 100 MiB unless told, as clamd 1.4 has it. */
  readonly streamMaxInBytes?: number;
  /** How old its signatures say they are; nought unless told. `'none'`: it has no data base of ClamAV's own. */
  readonly signaturesAgeInDays?: number | 'none';
  readonly delayInSeconds?: number;
  readonly now?: () => Date;
}

/** One file that was looked at: never its content. @public */
export interface SimulatedScan { readonly at: Date; readonly sizeInBytes: number; readonly verdict: string }

/** A simulator that runs. @public */
export interface ClamdSimulator {
  /** For `clamAv({ address })`. */
  readonly address: string;
  /** The page that drives it. */
  readonly pageOrigin: string;
  /** The oldest first. */
  readonly scans: readonly SimulatedScan[];
  signaturesAgeInDays: number | 'none';
  streamMaxInBytes: number;
  /** The next connections fail so; `Infinity` times is until cleared. */
  failNext(fault: ClamdFault, times?: number): void;
  /** Forgets faults and what was scanned. */
  clear(): void;
  stop(): Promise<void>;
}

const MOST_REMEMBERED = 200;
const COMMANDS = 'SCAN QUIT RELOAD PING CONTSCAN VERSIONCOMMANDS VERSION END SHUTDOWN MULTISCAN FILDES STATS IDSESSION INSTREAM DETSTATSCLEAR DETSTATS ALLMATCHSCAN';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Speaks clamd's protocol on this machine as clamd 1.4.6 was heard to speak it: PING, VERSION, VERSIONCOMMANDS, STATS, INSTREAM and IDSESSION. It finds one virus, the harmless one.
 * @public
 * @example const clamd = await startClamd(); documents({ providers: [localDisk(), clamAv({ address: clamd.address })] }); … await clamd.stop();
 */
export async function startClamd(options: ClamdSimulatorOptions = {}): Promise<ClamdSimulator> {
  const clamd = new Clamd(options);
  await clamd.open();
  return clamd;
}

class Clamd implements ClamdSimulator {
  readonly scans: SimulatedScan[] = [];
  readonly faults = new Faults();
  signaturesAgeInDays: number | 'none';
  streamMaxInBytes: number;
  readonly #server: Server;
  readonly #page = createWebServer((request, response) => { drive(this, request, response).catch(() => response.destroy()); });
  readonly #sockets = new Set<Socket>();

  constructor(private readonly options: ClamdSimulatorOptions) {
    this.signaturesAgeInDays = options.signaturesAgeInDays ?? 0;
    this.streamMaxInBytes = options.streamMaxInBytes ?? 100 * 1024 * 1024;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Both stay known when it has stopped: whoever tries it then finds nobody. */
  address = '';
  pageOrigin = '';

  failNext(fault: ClamdFault, times = 1): void { this.faults.plan(fault, times); }
  clear(): void {
    this.faults.clear();
    this.scans.length = 0;
  }

  async open(): Promise<void> {
    const { socketPath, port = 0, pagePort = 0 } = this.options;
    if (socketPath) await rm(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => { this.#server.once('error', reject).listen(socketPath ? { path: socketPath } : { port, host: '127.0.0.1' }, resolve); });
    await new Promise<void>((resolve, reject) => { this.#page.once('error', reject).listen(pagePort, '127.0.0.1', resolve); });
    this.address = socketPath ? `unix:${socketPath}` : `tcp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.pageOrigin = `http://localhost:${(this.#page.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    for (const socket of this.#sockets) socket.destroy();
    this.#page.closeAllConnections();
    await Promise.all([this.#server, this.#page].map((server) => new Promise((resolve) => { server.close(resolve); })));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
    const fault = this.faults.next();
    if (fault === 'refuse-connection') return void socket.resetAndDestroy();
    if (fault === 'hang') return void socket.resume();
    const conversation = new Conversation(() => this.streamMaxInBytes);
    const session = { id: 0, end: '\0' as '\0' | '\n', isKept: false };
    socket.on('data', (data: Buffer) => {
      try {
        for (const said of conversation.read(data)) this.#answer(socket, said, session, fault);
      } catch { socket.end('COMMAND READ TIMED OUT\n'); }
    });
  }

  #answer(socket: Socket, said: Said, session: { id: number; end: '\0' | '\n'; isKept: boolean }, fault: ClamdFault | undefined): void {
    if (said.kind === 'command') {
      session.end = said.end;
      if (said.name === 'IDSESSION') { session.isKept = true; return; }
      if (said.name === 'END') return void socket.end();
      session.id++;
      if (said.name === 'INSTREAM') {
        if (fault === 'clean-too-early') socket.write(`stream: OK${session.end}`);
        return;
      }
    }
    const text = this.#wordsFor(said, fault);
    const say = (): void => {
      if (fault === 'lose-connection') return void socket.destroy();
      if (fault === 'cut-answer') return void socket.end(text.slice(0, -3));
      if (fault === 'endless-answer') return void socket.write(Buffer.alloc(1_000_000, 0x41));
      if (fault === 'web-server') return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
      const whole = `${session.isKept ? `${session.id}: ` : ''}${text}${session.end}`;
      if (session.isKept && said.kind !== 'too-large') socket.write(whole);
      else socket.end(whole);
    };
    const delay = fault === 'delay' ? (this.options.delayInSeconds ?? 2) : (this.options.delayInSeconds ?? 0);
    if (delay > 0) setTimeout(say, delay * 1_000).unref();
    else say();
  }

  #wordsFor(said: Said, fault: ClamdFault | undefined): string {
    switch (said.kind) {
      case 'too-large': return this.#remember(this.streamMaxInBytes, 'INSTREAM size limit exceeded. ERROR');
      case 'stream': {
        const found = fault === 'finds-nothing' ? undefined : findingIn(said.beginning, said.sizeInBytes);
        return this.#remember(said.sizeInBytes, fault === 'cannot-scan' ? 'stream: Can\'t allocate memory ERROR' : fault === 'odd-words' ? 'stream: PROBABLY OK' : found ? `stream: ${found} FOUND` : 'stream: OK');
      }
      case 'command': return this.#wordsForCommand(said.name);
    }
  }

  #wordsForCommand(name: string): string {
    switch (name) {
      case 'PING': return 'PONG';
      case 'VERSION': return this.#version();
      case 'VERSIONCOMMANDS': return `${this.#version()}| COMMANDS: ${COMMANDS}`;
      case 'STATS': return `POOLS: 1\n\nSTATE: VALID PRIMARY\nTHREADS: live 1  idle 0 max 10 idle-timeout 30\nQUEUE: 0 items\n\tSTATS 0.000010 \n\nMEMSTATS: heap N/A mmap N/A used N/A free N/A releasable N/A pools 1 pools_used 5.882M pools_total 5.964M\nEND`;
      default: return 'UNKNOWN COMMAND';
    }
  }

  #version(): string {
    if (this.signaturesAgeInDays === 'none') return 'ClamAV 1.4.6';
    const made = new Date((this.options.now?.() ?? new Date()).getTime() - this.signaturesAgeInDays * 86_400_000);
    const two = (number: number): string => String(number).padStart(2, '0');
    return `ClamAV 1.4.6/27512/${DAYS[made.getUTCDay()]} ${MONTHS[made.getUTCMonth()]} ${String(made.getUTCDate()).padStart(2, ' ')} ${two(made.getUTCHours())}:${two(made.getUTCMinutes())}:${two(made.getUTCSeconds())} ${made.getUTCFullYear()}`;
  }

  #remember(sizeInBytes: number, verdict: string): string {
    this.scans.push({ at: this.options.now?.() ?? new Date(), sizeInBytes, verdict });
    if (this.scans.length > MOST_REMEMBERED) this.scans.shift();
    return verdict;
  }
}
