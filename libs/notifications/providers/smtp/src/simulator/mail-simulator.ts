import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { mailPage } from './mail-page';

/** One e-mail as it was taken. @public */
export interface ReceivedEmail { readonly at: Date; readonly to: readonly string[]; readonly from: string; readonly subject: string; readonly text: string }

/** How the simulator is started. @public */
export interface MailSimulatorOptions {
  /** Of its page; any free one unless told. */
  readonly port?: number;
  /** Of the mail server; any free one unless told. */
  readonly smtpPort?: number;
}
/** A mail server that runs, and keeps what it is given. @public */
export interface MailSimulator {
  /** Of the page: `http://localhost:4105`. */
  readonly origin: string;
  readonly smtpPort: number;
  /** What came, the oldest first. */
  readonly received: readonly ReceivedEmail[];
  stop(): Promise<void>;
}

const MOST_KEPT = 500;
const MOST_BYTES = 25 * 1024 * 1024;
/** Addresses with which a refusal is tried out: what the server says to whoever sends to them. */
const REFUSALS: Readonly<Record<string, readonly [number, string]>> = { 'for-now@refused.example': [451, '4.7.1 Come back later'], 'for-good@refused.example': [550, '5.1.1 No such mailbox'] };

/**
 * Starts a mail server on this machine that sends nothing on, with a page at its origin that shows what it was given.
 * `for-now@refused.example` and `for-good@refused.example` are refused (RFC 5321, 4.2.1).
 * @public
 * @example const mail = await startMailSimulator(); notifications({ providers: [smtp({ host: 'localhost', port: mail.smtpPort, security: 'none', from: … })] }); … await mail.stop();
 */
export async function startMailSimulator({ port = 0, smtpPort = 0 }: MailSimulatorOptions = {}): Promise<MailSimulator> {
  const received: ReceivedEmail[] = [];
  const mail = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'], authOptional: true, disableReverseLookup: true, logger: false, size: MOST_BYTES, closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      const refusal = REFUSALS[address.toLowerCase()];
      callback(refusal ? Object.assign(new Error(refusal[1]), { responseCode: refusal[0] }) : null);
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(Object.assign(new Error('5.3.4 Too large'), { responseCode: 552 }));
        PostalMime.parse(Buffer.concat(chunks)).then(({ subject = '', text = '' }) => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({ at: new Date(), to: rcptTo.map(({ address }) => address), from: mailFrom ? mailFrom.address : '', subject, text });
          if (received.length > MOST_KEPT) received.shift();
          callback();
        }, (error: Error) => callback(error));
      });
    },
  });
  mail.on('error', () => undefined);
  const page = createServer((request, response) => {
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }).end(mailPage([...received].reverse()));
  });
  // This machine only: what is here was meant for somebody.
  await new Promise<void>((resolve, reject) => { mail.server.once('error', reject); mail.listen(smtpPort, '127.0.0.1', () => { resolve(); }); });
  await new Promise<void>((resolve, reject) => { page.once('error', reject).listen(port, '127.0.0.1', resolve); });
  return {
    origin: `http://localhost:${(page.address() as AddressInfo).port}`, smtpPort: (mail.server.address() as AddressInfo).port, received,
    stop: async () => {
      page.closeAllConnections();
      await Promise.all([new Promise<void>((resolve) => { page.close(() => { resolve(); }); }), new Promise<void>((resolve) => { mail.close(resolve); })]);
    },
  };
}
