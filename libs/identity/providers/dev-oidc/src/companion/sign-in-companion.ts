import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { normaliseEmail } from '@guildhall/identity-contract';
import type { Companion, CompanionOptions, RunningCompanion } from '@guildhall/kernel-contract';
import type { Provider } from 'oidc-provider';
import { SESSION_COOKIE, clientsOf, languageOf, makeIssuer, peopleAt } from './issuer';
import type { SignInClient } from './issuer';
import { keptKeys } from './kept-keys';
import { Newcomers } from './newcomers';
import { STYLE, noticePage, signInPage } from './sign-in-page';
import type { NewcomerFaults } from './sign-in-page';
import { WORDS } from './words';

/** The ids by which a council's configuration and its return paths know the two providers. */
export const RESIDENTS_ID = 'identity.demo-residents';
export const OFFICERS_ID = 'identity.demo-officers';

const MOST_BYTES = 10_000;
type StartOptions = Omit<CompanionOptions, 'secret'> & { readonly now?: () => number };

/** The development identity provider: one issuer on a port of its own, of which every council in the process is a client. */
export const signInCompanion: Companion = Object.freeze({ id: 'identity.dev-oidc', title: 'Development sign-in', start: startSignIn });

/** Starts it. Tests bring a clock of their own. */
export async function startSignIn({ port, dataFolder, councils, log, now = Date.now }: StartOptions): Promise<RunningCompanion> {
  const folder = path.join(dataFolder, 'dev-oidc');
  const [keys, newcomers] = await Promise.all([keptKeys(folder), Newcomers.in(folder)]);
  const server = createServer();
  await listen(server, port);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const clients = clientsOf(councils);
  const issuer = await makeIssuer({ origin, clients, keys, newcomers, providerIds: { resident: RESIDENTS_ID, officer: OFFICERS_ID }, now });
  const pages = new SignInPages(issuer, clients, newcomers);
  const protocol = issuer.callback();
  server.on('request', (request, response) => {
    // Every sign-in here is a new one: otherwise whoever changes from one invented person to another is first led through signing out.
    if (/^\/auth[/?]/.test(request.url ?? '')) request.headers.cookie = withoutSession(request.headers.cookie);
    const handled = pages.handles(request) ? pages.handle(request, response) : Promise.resolve(protocol(request, response));
    handled.catch((error: unknown) => {
      log.error('identity.dev-oidc.failed', { error: error instanceof Error ? error.name : typeof error });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('The development sign-in failed.');
    });
  });
  log.info('identity.dev-oidc.started', { origin });
  return { origin, stop: () => stop(server) };
}

class SignInPages {
  readonly #formAction: string;
  constructor(private readonly issuer: Provider, private readonly clients: ReadonlyMap<string, SignInClient>, private readonly newcomers: Newcomers) {
    // A form here leads, by redirects, back to a council: browsers hold those to form-action too.
    this.#formAction = ["'self'", ...new Set([...clients.values()].map(({ council }) => new URL(council.origin).origin))].join(' ');
  }

  handles({ url = '' }: IncomingMessage): boolean {
    return url === '/style.css' || url === '/' || url.startsWith('/sign-in/');
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/style.css') { response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }).end(STYLE); return; }
    if (request.url === '/') { this.#send(response, 200, noticePage('en', 'Development sign-in', WORDS.en.notReal)); return; }
    const interaction = await this.#interaction(request, response);
    const client = this.clients.get(String(interaction?.params.client_id));
    if (!interaction || !client) { this.#send(response, 400, noticePage('en', WORDS.en.tooOld, WORDS.en.tooOldText)); return; }
    const language = languageOf(interaction.params.ui_locales);
    const page = (faults?: NewcomerFaults) => signInPage({ language, who: client.who, councilName: client.council.name[language], people: peopleAt(client, this.newcomers), faults });
    if (request.method !== 'POST') { this.#send(response, 200, page()); return; }

    const form = await readForm(request);
    const choice = form.get('choice') ?? '';
    if (choice === 'decline') {
      await this.issuer.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person declined.' }, { mergeWithLastSubmission: false });
      return;
    }
    const chosen = choice === 'new' && client.who === 'resident' ? await this.#newcomer(form) : peopleAt(client, this.newcomers).find(({ subject }) => subject === choice);
    if (!chosen) { this.#send(response, 400, page()); return; }
    if ('isNameMissing' in chosen) { this.#send(response, 200, page(chosen)); return; }
    await this.issuer.interactionFinished(request, response, { login: { accountId: chosen.subject, acr: chosen.confidence, remember: false } }, { mergeWithLastSubmission: false });
  }

  async #newcomer(form: URLSearchParams) {
    const name = (form.get('name') ?? '').trim().slice(0, 200);
    const given = (form.get('email') ?? '').trim();
    const email = normaliseEmail(given);
    if (!name || !email) return { name, email: given, isNameMissing: !name, isEmailWrong: !email };
    return this.newcomers.welcome(name, email);
  }

  async #interaction(request: IncomingMessage, response: ServerResponse) {
    try {
      const details = await this.issuer.interactionDetails(request, response);
      return request.url === `/sign-in/${details.uid}` ? details : undefined;
    } catch {
      // The library throws when the cookie is missing, forged or too old: for the person all of that is the same.
      return undefined;
    }
  }

  #send(response: ServerResponse, status: number, html: string): void {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action ${this.#formAction}`,
    }).end(html);
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error('The form is too long.');
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

function withoutSession(cookies = ''): string {
  return cookies.split('; ').filter((cookie) => !cookie.startsWith(`${SESSION_COOKIE}=`) && !cookie.startsWith(`${SESSION_COOKIE}.sig=`)).join('; ');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Only this machine: whoever reaches this page may be anybody. By address, since `localhost` may be ::1, which the kernel's client does not try.
    server.listen(port, '127.0.0.1', () => { server.off('error', reject); resolve(); });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
