import { fork } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { exportClients, fillBackOffice, writeNodeFile } from './registers.mjs';

const require = createRequire(import.meta.url);
const { COUNTY, RIVERBOURNE, TRUST } = require('./what-they-agreed.cjs');
const { startEmbeddedDatabase } = require('@guildhall/embedded-database');

const MAIN = fileURLToPath(new URL('body.cjs', import.meta.url));
/** Each has its own port, and the practice systems beside it a hundred above. */
const PORTS_APART = 20;
const STARTS_WITHIN_MS = 180_000;

/** The three bodies, each in a process of its own, and the database in which the trust has always kept what it knows. */
export class RunningBodies {
  #children = new Map();
  #asked = 0;
  #backOffice;
  #sayThatOneEnded = () => undefined;
  /** When one of them is no more. */
  oneEnds = new Promise((resolve) => { this.#sayThatOneEnded = resolve; });

  /** @param given.kept what is kept from one start to the next: the assessor's key is made here if there is none */
  constructor({ folder, firstPort, kept, isUsualFolder }) {
    Object.assign(this, { folder, kept, isUsualFolder });
    kept.riverbournesPort = firstPort;
    this.ports = Object.fromEntries([RIVERBOURNE, COUNTY, TRUST].map((slug, at) => [slug, firstPort + at * PORTS_APART]));
    kept.assessorKey ??= generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
    const key = createPrivateKey(kept.assessorKey);
    const keyid = 'moorland-assessors#2026-1';
    this.assessor = {
      signer: { keyid, key },
      published: { id: 'moorland-assessors', name: { en: 'Moorland Assessors', cy: 'Aseswyr Moorland' }, keys: [{ keyid, x: createPublicKey(key).export({ format: 'jwk' }).x, from: '2026-01-01T00:00:00Z' }], accreditations: [], linkedTo: [] },
    };
  }

  /** Riverbourne is what a browser finds at localhost; the others have names of their own, so that none has another's cookies. */
  origin(slug) { return `http://${slug === RIVERBOURNE ? 'localhost' : `${slug}.localhost`}:${this.ports[slug]}`; }
  /** Where a body keeps what was found of its systems, for the others to fetch. */
  assessments(slug) { return path.join(this.folder, 'assessments', slug); }
  logFile(slug) { return path.join(this.folder, `${slug}.log`); }

  async start(say) {
    const exports = { [COUNTY]: path.join(this.folder, 'exports/revenues'), [TRUST]: path.join(this.folder, 'exports/clients') };
    for (const one of Object.values(exports)) mkdirSync(one, { recursive: true });
    say('Starting the back office of Aldermoor Care Trust …');
    this.#backOffice = await startEmbeddedDatabase({ dataFolder: path.join(this.folder, 'back-office') });
    const file = path.join(this.folder, 'node.json');
    await Promise.all([exportClients(exports[TRUST]), writeNodeFile(file, exports[TRUST])]);
    const settings = { [RIVERBOURNE]: { CREWS: path.join(this.folder, 'crews') }, [COUNTY]: { REVENUES_EXPORT: exports[COUNTY] }, [TRUST]: { NODE_FILE: file, CASE_SYSTEM: await fillBackOffice(this.#backOffice, this.kept.readsPassword) } };
    say('Starting Riverbourne, Aldermoor County and the trust’s exchange node. The first time takes a minute …');
    for (const [slug, env] of Object.entries(settings)) this.#fork(slug, env);
    await Promise.all(Object.keys(settings).map((slug) => this.#untilServing(slug)));
  }

  #fork(slug, env) {
    mkdirSync(this.assessments(slug), { recursive: true });
    const child = fork(MAIN, ['start', '--port', String(this.ports[slug]), '--data', path.join(this.folder, slug)], {
      silent: true, env: { ...process.env, PUBLIC_ORIGIN: this.origin(slug), SHARES_AS: slug, ASSESSMENTS: this.assessments(slug), ASSESSOR: JSON.stringify(this.assessor.published), ...env },
    });
    const log = createWriteStream(this.logFile(slug), { flags: 'a', mode: 0o600 });
    for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
    const waiting = new Map();
    child.on('message', ({ id, value, error }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(`${slug}: ${error}`));
    });
    const over = new Promise((resolve) => child.once('exit', () => {
      this.#children.delete(slug);
      for (const { reject } of waiting.values()) reject(new Error(`${slug} has ended: see ${this.logFile(slug)}.`));
      this.#sayThatOneEnded();
      resolve();
    }));
    this.#children.set(slug, { child, waiting, over });
  }

  /** Has a body do what its officers would. */
  ask(slug, asked, given) {
    const running = this.#children.get(slug);
    if (!running) return Promise.reject(new Error(`${slug} does not run: see ${this.logFile(slug)}.`));
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      running.waiting.set(id, { resolve, reject });
      running.child.send({ id, asked, given });
    });
  }

  /** What a body tells the others of what runs there. */
  async assuranceOf(slug) { return JSON.parse((await this.#get(slug, '/sharing/assurance')).text); }

  async #untilServing(slug) {
    for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await wait(100)) {
      if (!this.#children.has(slug)) break;
      if (await this.#isReady(slug)) return;
    }
    throw new Error(`${slug} did not start: see ${this.logFile(slug)}.`);
  }

  #isReady(slug) { return this.#get(slug, '/health/ready').then(({ status }) => status === 200, () => false); }

  #get(slug, where) {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.ports[slug], path: where, agent: false, timeout: 5000, headers: { host: new URL(this.origin(slug)).host } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: answer.statusCode, text }));
      }).on('error', reject).end();
    });
  }

  async stop() {
    const running = [...this.#children.values()];
    // Ctrl-C in a terminal has reached them already.
    for (const { child } of running) child.kill('SIGTERM');
    await Promise.all(running.map(({ over }) => over));
    await this.#backOffice?.stop();
  }
}
