import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { request, runApp, startApp } from './app-process.mjs';
import { median } from './captured.mjs';
import { figure } from './table.mjs';

const PORT = 5020;
const ROUNDS = 7;
const SIGN_INS_A_ROUND = 120;
const WARMING_SIGN_INS = 960;
/** Until the compiler has seen what is hot: in the second its own threads still take a third of the CPU. Everybody opens their account in the first. */
const WARMING_ROUNDS = 3;
/** People who sign in at the same time. */
const PEOPLE = 4;
const CLIENT_ID = 'bench-riverbourne';

/**
 * Signing in, as somebody does who has an account, from a browser that was never here: by an emailed code, and at the simulator of GOV.UK One Login, which is in the bench's own process. Messages
 * wait for a worker that is not there, and the code is read from them where they wait. Both ways take turns, and the middle of several rounds counts.
 */
export async function signingIn({ database, folder, root }) {
  const { startOneLoginSimulator } = createRequire(path.join(root, 'apps/riverbourne/package.json'))('@guildhall/identity-provider-govuk-one-login/simulator');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const origin = `http://localhost:${PORT}`;
  const people = Array.from({ length: WARMING_SIGN_INS }, (_, at) => ({ id: `person-${at}`, email: `one-login-${at}@person.example`, isEmailVerified: true, givenName: 'Bench', familyName: 'Person', birthDate: '1980-01-01', identity: 'P2', addresses: [] }));
  const oneLogin = await startOneLoginSimulator({
    people,
    clients: [{ clientId: CLIENT_ID, publicKeys: { jwksUri: `${origin}/sign-in/keys/identity.govuk-one-login` }, redirectUris: [`${origin}/sign-in/return/identity.govuk-one-login`], postLogoutRedirectUris: [`${origin}/sign-out/done`], levels: ['P0', 'P1', 'P2'], demandsPkce: true }],
  });
  const env = {
    DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', REQUESTS_PER_MINUTE: '100000000', TRUSTED_PROXIES: '127.0.0.1',
    ONE_LOGIN_ORIGIN: oneLogin.origin, ONE_LOGIN_CLIENT_ID: CLIENT_ID, ONE_LOGIN_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  const { owner } = database;
  const server = await startApp({ root, main: path.join(root, 'tools/bench/signing-in-main.cjs'), args: ['serve', '--port', String(PORT), ...data], env, port: PORT });
  let reading = Promise.resolve();
  /** The newest code, one after another: the bench has one connection. */
  const codeSentTo = (email) => (reading = reading.then(async () => (await owner.query(`select substring(content ->> 'subject' from '[0-9]{6}') as code from notifications.message where template_id = 'identity.sign-in-code' and address ->> 'email' = $1 order by created_at desc limit 1`, [email])).rows[0].code));
  const ways = { code: (who) => byCode(codeSentTo, who), oneLogin: (who) => atOneLogin(oneLogin.origin, people[who]) };
  const rounds = [];
  try {
    const round = async (count, signIn, ends) => {
      // A person may ask for so many codes only, and here the same people come every few seconds.
      await owner.query('delete from identity.throttle');
      await owner.query(`delete from notifications.message where template_id = 'identity.sign-in-code'`);
      await owner.query('checkpoint');
      const before = server.cpu();
      await Promise.all(Array.from({ length: PEOPLE }, async (_, person) => {
        for (let who = person; who < count; who += PEOPLE) {
          const end = await signIn(who);
          if (!ends.test(end)) throw new Error(`Signing in ended at ${end}.`);
        }
      }));
      return ((server.cpu() - before) / count) * 1000;
    };
    for (let at = 0; at < WARMING_ROUNDS; at++) for (const signIn of Object.values(ways)) await round(WARMING_SIGN_INS, signIn, /^\/(account|sign-in\/details)/);
    for (let at = 0; at < ROUNDS; at++) rounds.push({ code: await round(SIGN_INS_A_ROUND, ways.code, /^\/account$/), oneLogin: await round(SIGN_INS_A_ROUND, ways.oneLogin, /^\/account$/) });
    const [{ sessions }] = (await owner.query(`select count(*)::int as sessions from kernel.session where kind = 'resident' and expires_at > now()`)).rows;
    if (sessions < 2 * (WARMING_ROUNDS * WARMING_SIGN_INS + ROUNDS * SIGN_INS_A_ROUND)) throw new Error(`There are only ${sessions} sessions.`);
  } finally {
    await server.stop();
    await oneLogin.stop();
  }
  const middle = (of) => median(rounds.map(of));
  return [
    figure('signing-in.code-cpu-ms', 'signing in by an emailed code, two pages and two forms: CPU of the server', middle(({ code }) => code), 'ms', { atMost: 5 }),
    figure('signing-in.one-login-cpu-ms', 'signing in at the simulator of GOV.UK One Login, a page, a form and the way back: CPU of the server', middle(({ oneLogin: at }) => at), 'ms', { atMost: 5 }),
  ];
}

/** Each from an address of their own on the internet, from which only so many codes can be asked for. */
async function byCode(codeSentTo, who) {
  const browser = new Browser({ 'x-forwarded-for': `2001:db8::${(who + 1).toString(16)}` });
  const email = `bench-${who}@person.example`;
  const codePage = await browser.send('/sign-in', await browser.open('/sign-in'), { contact: email });
  const asked = await browser.open(codePage);
  return browser.send(codePage, asked, { code: await codeSentTo(email) });
}

/** What happens at One Login's own pages is no work of the server's. */
async function atOneLogin(simulator, { id }) {
  const browser = new Browser();
  const away = await browser.send('/sign-in/with/identity.govuk-one-login', await browser.open('/sign-in'), {});
  const [, asked = ''] = /name="request" value="([^"]+)"/.exec(await (await fetch(away)).text()) ?? [];
  const chosen = await fetch(`${simulator}/authorize`, { method: 'POST', body: new URLSearchParams({ request: asked, person: id }), redirect: 'manual' });
  const back = new URL(chosen.headers.get('location') ?? simulator);
  return leadsTo(await browser.open(back.pathname + back.search), back.pathname);
}

/** One that was never here, and runs no scripts. */
class Browser {
  #cookies = new Map();
  #headers;
  constructor(headers = {}) {
    this.#headers = headers;
  }

  open(address) {
    return request(PORT, address, { cookies: this.#cookies, headers: this.#headers });
  }

  /** Sends the form of a page; returns where it leads. */
  async send(address, page, fields) {
    const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(page.text) ?? [];
    return leadsTo(await request(PORT, address, { method: 'POST', cookies: this.#cookies, headers: this.#headers, body: new URLSearchParams({ _csrf: token, ...fields }).toString() }), address);
  }
}

function leadsTo({ status, headers, text }, address) {
  if (status >= 400 || !headers.location) throw new Error(`${address} was not taken: ${status} ${/error-summary[\s\S]{0,600}/.exec(text)?.[0] ?? text.slice(0, 300)}`);
  return headers.location;
}
