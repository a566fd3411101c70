import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** One e-mail as the server took it. */
export interface TakenEmail { readonly envelopeFrom: string; readonly recipients: readonly string[]; readonly raw: string; readonly email: Email; readonly isSecure: boolean; readonly user?: string }

/** An answer to a command instead of the usual one: `550 5.1.1 unknown user`. */
export interface Answers { readonly connect?: string; readonly mailFrom?: string; readonly rcptTo?: string; readonly data?: string }

/** A real SMTP server on this machine, told how to answer. */
export class MailServer {
  readonly taken: TakenEmail[] = [];
  answers: Answers = {};
  /** Takes the message and closes the connection instead of saying so. */
  vanishes = false;
  /** Answers nothing after the greeting. */
  isSilent = false;
  #server: SMTPServer | undefined;
  readonly #sockets = new Set<Socket>();
  port = 0;

  constructor(private readonly options: SMTPServerOptions & { readonly password?: string } = {}) {}

  async open(port = this.port): Promise<void> {
    const { password, ...options } = this.options;
    const server = new SMTPServer({
      disabledCommands: options.key ? [] : ['STARTTLS'], authOptional: password === undefined, closeTimeout: 100, disableReverseLookup: true, logger: false, ...options,
      onConnect: (_session, callback) => { if (!this.isSilent) callback(faultOf(this.answers.connect)); },
      onAuth: (auth, _session, callback) => (auth.password === password ? callback(null, { user: auth.username }) : callback(faultOf(`535 5.7.8 <${auth.username}> wrong password`))),
      onMailFrom: (_address, _session, callback) => callback(faultOf(this.answers.mailFrom)),
      onRcptTo: (address, _session, callback) => callback(faultOf(this.answers.rcptTo?.replace('ADDRESS', address.address))),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void (async () => {
          const fault = faultOf(this.answers.data);
          if (fault) return callback(fault);
          const bytes = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = session.envelope;
          this.taken.push({ envelopeFrom: mailFrom ? mailFrom.address : '', recipients: rcptTo.map((each) => each.address), raw: bytes.toString('utf8'), email: await PostalMime.parse(bytes), isSecure: Boolean(session.secure), user: session.user as string | undefined });
          if (this.vanishes) for (const socket of this.#sockets) socket.destroy();
          else callback();
        })());
      },
    });
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }
}

/** A server that sends its greeting one byte at a time and never ends it. */
export async function drippingServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const timer = setInterval(() => socket.write('2'), 50);
    socket.on('error', () => undefined);
    socket.on('close', () => { clearInterval(timer); sockets.delete(socket); });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => { for (const socket of sockets) socket.destroy(); return new Promise((resolve) => server.close(() => resolve())); },
  };
}

function faultOf(answer: string | undefined): Error | null {
  if (answer === undefined) return null;
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}
