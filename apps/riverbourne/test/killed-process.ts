import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The apps as they are built. */
export const MAIN = { riverbourne: join(__dirname, '../dist/main.js'), glanafon: join(__dirname, '../../glanafon/dist/main.js') } as const;
const PRELOAD = join(__dirname, 'kill-at-step.cjs');
/** The far ends beside a server have the ports from here on above its own. */
const COMPANIONS_ABOVE = 100;
const START_IN_MS = 60_000;

/** How a process is started. */
export interface ProcessSettings {
  /** What Node runs. */
  readonly main: string;
  readonly command: 'start' | 'serve' | 'work';
  readonly port: number;
  readonly dataFolder: string;
  readonly databaseUrl: string;
  readonly migrateUrl: string;
  readonly logLevel?: 'trace' | 'warn';
  /** What its `main` asks for besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server or worker in a process of its own, which can be told at which step to be killed. What it leaves behind is what a power cut would leave. */
export class KilledProcess {
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #run = '';
  /** What it printed since it was started last. */
  output = '';

  constructor(private readonly settings: ProcessSettings) {}

  get isRunning(): boolean { return this.#child !== undefined; }

  /** Starts it, and returns when it can serve. */
  async start(): Promise<void> {
    const { main, command, port, dataFolder, databaseUrl, migrateUrl, logLevel = 'warn', env } = this.settings;
    this.output = '';
    this.disarm();
    const child = spawn(process.execPath, ['--require', PRELOAD, main, command, '--port', String(port), '--data', dataFolder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'], DATABASE_URL: databaseUrl, DATABASE_MIGRATE_URL: migrateUrl, JOB_EXPIRY_SECONDS: '2', REQUESTS_PER_MINUTE: '100000', LOG_LEVEL: logLevel,
        ARMED: this.file('armed'), STEPS: this.file('steps'), CLOCK: join(dataFolder, 'clock'), ...env,
      },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { this.output += text; });
    this.#gone = new Promise((resolve) => child.once('close', () => {
      this.#child = undefined;
      resolve();
    }));
    for (const until = Date.now() + START_IN_MS; !this.output.includes('Steps are counted.') && Date.now() < until; ) await wait(10);
    if (command !== 'work') await this.untilServing();
  }

  /** What it printed, when that has come: it may answer before its words are here. */
  async said(words: string): Promise<string> {
    for (const until = Date.now() + START_IN_MS; !this.output.includes(words) && this.isRunning && Date.now() < until; ) await wait(10);
    return this.output;
  }

  /** Names the step at which it is killed; without one, steps are only counted. Counting begins now. */
  arm(killAt?: string): void {
    this.#run = randomUUID();
    writeFileSync(this.file('armed'), JSON.stringify({ run: this.#run, ...(killAt && { killAt }) }));
  }

  /** Ends the counting, and returns the steps in the order in which they came. */
  disarm(): readonly string[] {
    writeFileSync(this.file('armed'), '');
    if (!existsSync(this.file('steps'))) return [];
    return readFileSync(this.file('steps'), 'utf8').split('\n').filter((line) => this.#run !== '' && line.startsWith(`${this.#run}\t`)).map((line) => line.split('\t')[1] ?? '');
  }

  /** Waits until it is gone; false when it still runs after that long. */
  async isGoneWithin(ms: number): Promise<boolean> {
    const patience = new AbortController();
    try {
      return await Promise.race([this.#gone.then(() => true), wait(ms, false, { signal: patience.signal })]);
    } finally {
      patience.abort();
    }
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  /** Lets it read the clock's file again. */
  readClock(): void { this.#child?.kill('SIGUSR2'); }

  private async untilServing(): Promise<void> {
    for (const until = Date.now() + START_IN_MS; Date.now() < until; await wait(25)) {
      if (!this.#child) break;
      if ((await readiness(this.settings.port)) === 200) return;
    }
    throw new Error(`The ${this.settings.command} did not begin to serve:\n${this.output.slice(-5000)}`);
  }

  private file(name: string): string { return join(this.settings.dataFolder, `${this.settings.command}.${name}`); }
}

/** Whether a server says that it can serve: 200, 503, or 0 where nobody answers. */
export function readiness(port: number): Promise<number> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: 5000 }, (answer) => { answer.resume().on('end', () => resolve(answer.statusCode ?? 0)); }).on('error', () => resolve(0)).end();
  });
}

/** A port that is free together with those of the far ends above it. */
export async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const taken = await Promise.all([port, ...Array.from({ length: 4 }, (_, above) => port + COMPANIONS_ABOVE + above)].map(isTaken));
    if (!taken.includes(true)) return port;
  }
  throw new Error('No free ports were found.');
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(true)).listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
