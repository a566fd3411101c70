import { spawn } from 'node:child_process';
import { CannotDo, type World } from '../command';

/** What npm said. */
export interface NpmSaid { readonly code: number; readonly out: string; readonly err: string }

/** Runs npm as it is configured in a folder, so that whose registry it is, and by which credentials, is npm's alone to know. @throws CannotDo when there is no npm */
export function npm(args: readonly string[], folder: string, { env }: Pick<World, 'env'>): Promise<NpmSaid> {
  return ran('npm', [...args, '--loglevel=error', '--no-update-notifier', '--no-fund', '--no-audit'], folder, env);
}

/** Runs a program to its end. @throws CannotDo when it is not there */
export function ran(program: string, args: readonly string[], folder: string, env: World['env'], { timeoutInSeconds = 600 }: { readonly timeoutInSeconds?: number } = {}): Promise<NpmSaid> {
  return new Promise((said, failed) => {
    const child = spawn(program, [...args], { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutInSeconds * 1000, killSignal: 'SIGKILL' });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    child.once('error', () => { failed(new CannotDo(`${program} cannot be run here.`)); });
    child.once('close', (code) => { said({ code: code ?? 1, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }); });
  });
}

/** What a registry knows of a release: how npm writes the digest of its bytes; nothing where it has none. @throws CannotDo when it cannot be asked */
export async function integrityInRegistry(name: string, version: string, folder: string, world: World): Promise<string | undefined> {
  const integrity = await viewed([`${name}@${version}`, 'dist.integrity'], folder, world);
  return typeof integrity === 'string' ? integrity : undefined;
}

/** Every version that a registry has; none where it does not know the package. @throws CannotDo when it cannot be asked */
export async function versionsInRegistry(name: string, folder: string, world: World): Promise<readonly string[]> {
  const versions = await viewed([name, 'versions'], folder, world);
  return Array.isArray(versions) ? (versions as string[]) : typeof versions === 'string' ? [versions] : [];
}

async function viewed(asked: readonly string[], folder: string, world: World): Promise<unknown> {
  const { code, out, err } = await npm(['view', ...asked, '--json', '--prefer-online'], folder, world);
  if (code === 0) return out.trim() === '' ? undefined : (JSON.parse(out) as unknown);
  if (/\bE404\b/.test(`${out}${err}`)) return undefined;
  throw new CannotDo(`The registry cannot be asked about ${asked[0] ?? ''}: ${reasonOf({ out, err })}`);
}

/** The first line in which npm says what is wrong. */
export function reasonOf({ out, err }: Pick<NpmSaid, 'out' | 'err'>): string {
  return (err || out).split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*(code \S+)?/, '').trim()).find((line) => line !== '' && !line.startsWith('A complete log')) ?? 'it says nothing.';
}
