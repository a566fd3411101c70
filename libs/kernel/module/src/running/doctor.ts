import type { Installation, Log } from '@guildhall/kernel-contract';
import { isModule } from '../assembling/assemble';
import type { Councils } from '../assembling/installed-council';
import { unsafeSettings } from '../data/unsafe-settings';
import { pendingMigrations, type SchemaPart } from '../data/migrate';
import type { ProcessOptions } from '../guildhall.module';
import { FailedWork } from '../working/failed-work';
import { TemporaryFiles } from '../working/temporary-files';
import { checkProviders } from './check-providers';
import { createApp } from './run-council';
import { sentenceOf } from './sentence-of';

/** One thing that was looked at. */
export interface Finding { readonly ok: boolean; readonly subject: string; readonly text: string }
/** What the doctor found. */
export interface Report {
  readonly lines: readonly Finding[];
  readonly councils: readonly {
    readonly slug: string;
    readonly languages: readonly string[];
    readonly nation: string;
    /** Each contract that a module provides, with its version. */
    readonly contracts: Readonly<Record<string, string>>;
    readonly modules: readonly { readonly id: string; readonly version: string; readonly kind: string }[];
  }[];
}

/** Looks at the database, the migrations, every provider's connection and the work that failed, and says what to do. */
export async function examine(councils: Councils, options: Omit<ProcessOptions, 'log'> & { readonly parts: readonly SchemaPart[]; readonly log: Log }): Promise<Report> {
  const lines: Finding[] = [];
  const wrong = (subject: string, error: unknown): void => void lines.push({ ok: false, subject, text: sentenceOf(error) });
  const pending = await pendingMigrations(options.databaseUrl, options.parts).catch((error: unknown) => wrong('database', error));
  if (pending) lines.push(pending.length ? { ok: false, subject: 'migrations', text: `The database lacks ${pending.join(', ')}. Run "migrate".` } : { ok: true, subject: 'migrations', text: 'The database is up to date.' });
  const unsafe = pending && !councils.isDevelopment ? await unsafeSettings(options.databaseUrl) : [];
  if (unsafe.length > 0) lines.push({ ok: false, subject: 'durability', text: `The database server runs with ${unsafe.map((name) => `${name} = off`).join(' and ')}: a power cut may take what residents and other bodies were told is kept. Set ${unsafe.length === 1 ? 'it' : 'them'} to on in postgresql.conf, and restart the server.` });
  const app = pending?.length === 0 ? await createApp(councils, options).catch((error: unknown) => wrong('app', error)) : undefined;
  if (app) {
    await app.init();
    lines.push({ ok: true, subject: 'database', text: 'The database answers, and its role obeys row-level security.' });
    lines.push(await lookAtDataFolder(app.get(TemporaryFiles)));
    for await (const { council, provider, ok, message } of checkProviders(councils)) {
      const subject = `${council} ${provider}`;
      lines.push({ ok, subject, text: `${subject}: ${message}` });
    }
    const failed = await app.get(FailedWork).count();
    const count = failed.reduce((sum, { count: ofKind }) => sum + ofKind, 0);
    lines.push(count ? { ok: false, subject: 'work', text: `${count} piece${count === 1 ? '' : 's'} of work failed for good: ${failed.map((one) => `${one.kind} (${one.count})`).join(', ')}. The log says why (work.failed). Mend that, then run them again with: node main.js retry` } : { ok: true, subject: 'work', text: 'No work has failed for good.' });
    await app.close();
  }
  return { lines, councils: councils.all.map(({ slug, council: { languages, nation }, installations }) => ({ slug, languages, nation, contracts: contractsOf([...installations.values()]), modules: [...installations.values()].map(({ id, version, kind }) => ({ id, version, kind })) })) };
}

function contractsOf(installations: readonly Installation[]): Readonly<Record<string, string>> {
  return Object.fromEntries(installations.filter(isModule).flatMap(({ definition }) => definition.provides ?? []).map(({ contract: { id, version } }) => [id, version]));
}

/** What people send waits there, wherever it is kept in the end. */
async function lookAtDataFolder(files: TemporaryFiles): Promise<Finding> {
  try {
    await (await files.write([Buffer.from('A file to try with.')])).discard();
    return { ok: true, subject: 'data folder', text: 'The data folder can be written.' };
  } catch {
    return { ok: false, subject: 'data folder', text: 'The data folder cannot be written, so that no file is taken from anybody. Look at --data or GUILDHALL_DATA: is it there, is there room, may this server write to it?' };
  }
}
