import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { forgetEmbeddedDatabase } from '../../libs/kernel/embedded-database/src/index';
import { openBrowser } from '../../libs/kernel/module/src/testing/browser';
import { appPort } from '../testing/app-port';
import { startRegistry } from './registry.mjs';

export const root = path.join(__dirname, '../..');

/** An app of a council that serves. */
export interface Serving {
  readonly origin: string;
  /** Where the far ends beside it may be. */
  readonly farEnds: readonly string[];
  /** All that it has written. */
  said(): string;
  stop(): Promise<void>;
  /** The files of which it consisted; once it has stopped. */
  loaded(): readonly string[];
}

/** How an app is started: which compiled file, where its data are, what its settings are besides, and at which port. */
export interface Starting { readonly main?: string; readonly data?: string; readonly settings?: Readonly<Record<string, string>>; readonly port?: number }

/** Far ends beside an app at most. */
const FAR_ENDS = 24;

/** A place away from this repository: a registry that holds what is published to it, folders of councils whose people have never seen our source, and a browser. */
export class OutsideWorld {
  readonly #apps: Serving[] = [];
  readonly #databases = new Set<string>();
  private constructor(readonly folder: string, readonly registry: { readonly url: string; stop(): Promise<void> }, readonly browser: Browser) {}

  /** @param scopes whose packages may be published there */
  static async open(scopes?: readonly string[]): Promise<OutsideWorld> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-publishing-'));
    run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b'], root);
    return new OutsideWorld(folder, await startRegistry(path.join(folder, 'registry'), scopes), await openBrowser());
  }

  async close(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.stop()));
    await Promise.all([this.browser.close(), this.registry.stop()]);
    for (const database of this.#databases) await forgetEmbeddedDatabase(database);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A port that is free, and those after it where far ends are. */
  port(): Promise<number> { return appPort(FAR_ENDS); }

  /** Starts a council's app as it starts for trying it out, and waits until it has said where all is. */
  async start(council: string, { main = 'main', data = '.guildhall', settings = {}, port: wanted }: Starting = {}): Promise<Serving> {
    const port = wanted ?? await this.port();
    this.#databases.add(path.join(council, data, 'postgres'));
    const loaded = path.join(this.folder, `loaded-${path.basename(council)}-${main}.json`);
    const server = spawn(process.execPath, ['--require', path.join(__dirname, 'loaded-files.cjs'), `dist/${main}.js`, '--port', String(port), '--data', data], { cwd: council, env: { ...outside(), REQUESTS_PER_MINUTE: '100000', ...settings, LOADED_FILES: loaded }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes: Buffer) => output.push(bytes));
    const isOver = (): boolean => server.exitCode !== null || server.signalCode !== null;
    const serving: Serving = {
      origin: `http://localhost:${port}`, farEnds: Array.from({ length: FAR_ENDS }, (_one, at) => `http://localhost:${port + 100 + at}`),
      said: () => Buffer.concat(output).toString(),
      stop: async () => {
        if (isOver()) return;
        const ended = once(server, 'exit');
        server.kill('SIGTERM');
        await ended;
      },
      loaded: () => JSON.parse(readFileSync(loaded, 'utf8')) as readonly string[],
    };
    this.#apps.push(serving);
    for (let attempt = 0; attempt < 900 && !isOver(); attempt++) {
      if (serving.said().includes('Ctrl-C stops')) return serving;
      await new Promise((passed) => setTimeout(passed, 100));
    }
    await serving.stop();
    throw new Error(`The app does not serve:\n${serving.said()}`);
  }

  /** Compiles a council's app. */
  compile(council: string): void { run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', council], council); }
}

/** Runs a program as somebody outside. @returns what it wrote @throws Error when it fails */
export function run(program: string, args: readonly string[], cwd: string): string {
  const ran = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: outside() });
  if (ran.status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

/** The environment of somebody who has never seen this repository. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_|NODE_OPTIONS|NODE_ENV|INIT_CWD|DATABASE_|JEST_)/.test(name)));
}
