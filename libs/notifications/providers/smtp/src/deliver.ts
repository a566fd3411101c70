import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ComposedEmail } from './compose-email';
import type { SmtpOptions } from './smtp.options';

/** What went wrong, as the SMTP library tells it. */
export interface SmtpFault extends Error {
  /** `ECONNECTION`, `ETIMEDOUT`, `EAUTH`, `EENVELOPE`, `EMESSAGE` … */
  readonly code?: string;
  /** The command that was answered: `RCPT TO`. */
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/**
 * Hands one e-mail to the server over a connection of its own, within one time-out for the whole: a server that answers a byte at a time holds nobody up.
 * Without an e-mail it only says hello and signs in.
 * @throws SmtpFault
 */
export function deliver(options: SmtpOptions, email?: ComposedEmail): Promise<void> {
  const timeout = (options.timeoutInSeconds ?? 15) * 1000;
  const security = options.security ?? 'starttls';
  const connection = new SMTPConnection({
    host: options.host, port: options.port ?? (security === 'tls' ? 465 : 587), secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none',
    connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout, dnsTimeout: timeout, socketCloseTimeout: 1000,
    tls: { minVersion: 'TLSv1.2', ...(options.certificateAuthority ? { ca: options.certificateAuthority } : {}) },
  });
  return new Promise<void>((resolve, reject) => {
    let isOver = false;
    const finish = (fault?: Error | null): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(deadline);
      if (fault) {
        connection.close();
        reject(fault);
      } else {
        connection.quit();
        resolve();
      }
    };
    const deadline = setTimeout(() => finish(Object.assign(new Error('The mail server took too long.'), { code: 'ETIMEDOUT' })), timeout);
    const hand = (): void => {
      if (!email) return finish();
      connection.send({ from: email.envelope.from, to: [...email.envelope.to] }, email.bytes, (fault) => finish(fault));
    };
    connection.on('error', finish);
    connection.on('end', () => finish(Object.assign(new Error('The mail server closed the connection.'), { code: 'ECONNECTION' })));
    connection.connect((fault) => {
      if (fault) return finish(fault);
      if (options.username === undefined) return hand();
      connection.login({ user: options.username, pass: options.password?.reveal() ?? '' }, (refusal) => (refusal ? finish(refusal) : hand()));
    });
  });
}
