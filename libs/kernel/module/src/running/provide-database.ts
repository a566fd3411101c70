import { join } from 'node:path';

/** A database to use: the one that is named, or one of our own. */
export interface ProvidedDatabase {
  readonly url: string;
  readonly migrateUrl: string;
  stop(): Promise<void>;
}

/** The part of @guildhall/embedded-database that is used here; it is a development dependency of an app. */
interface EmbeddedDatabase { startEmbeddedDatabase(options: { dataFolder: string; onProgress: (message: string) => void }): Promise<{ url: string; appUrl: string; stop(): Promise<void> }> }

/**
 * The database of DATABASE_URL; while developing without one, an embedded PostgreSQL whose data are in the data folder.
 * @throws Error in production without DATABASE_URL, and when a setting is no address of a PostgreSQL
 */
export async function provideDatabase(options: { readonly settings: NodeJS.ProcessEnv; readonly dataFolder: string; readonly isDevelopment: boolean; readonly say: (line: string) => void }): Promise<ProvidedDatabase> {
  const { DATABASE_URL: url, DATABASE_MIGRATE_URL: migrateUrl } = options.settings;
  for (const name of ['DATABASE_URL', 'DATABASE_MIGRATE_URL', 'DATABASE_WORK_URL']) refuseOtherShapes(name, options.settings[name]);
  if (url) return { url, migrateUrl: migrateUrl ?? url, stop: () => Promise.resolve() };
  if (!options.isDevelopment) throw new Error('DATABASE_URL is missing. In production name the PostgreSQL (15 to 18) to use: postgres://login:password@host/database');
  options.say('Starting the embedded PostgreSQL …');
  let embedded: EmbeddedDatabase;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- resolved from the app, which alone has it
    embedded = require(require.resolve('@guildhall/embedded-database', { paths: [process.cwd(), __dirname, process.argv[1] ?? '.'] })) as EmbeddedDatabase;
  } catch (error) {
    throw new Error('There is no DATABASE_URL and @guildhall/embedded-database is not installed. Do one or the other: npm install --save-dev @guildhall/embedded-database', { cause: error });
  }
  const started = await embedded.startEmbeddedDatabase({ dataFolder: join(options.dataFolder, 'postgres'), onProgress: (message) => options.say(`  ${message} …`) });
  return { url: started.appUrl, migrateUrl: started.url, stop: () => started.stop() };
}

/** What pg takes: an address, or the folder of a socket. Anything else it would take for the name of a database on a host called "base". What was written is not said again: it may hold a password. */
function refuseOtherShapes(name: string, value: string | undefined): void {
  if (value && !/^(postgres(ql)?:\/\/|socket:|\/)/i.test(value)) throw new Error(`${name} is not the address of a PostgreSQL. Write it like this: postgres://login:password@host/database`);
}
