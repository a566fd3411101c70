import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CouncilDefinition } from '@guildhall/kernel-contract';
import type { InstalledCouncil } from '../assembling/installed-council';
import { COMMAND, commandsOf, flagsOf, usageWith, type AskedCommand, type ModuleCommand, type OwnCommand } from './commands';

const COMMANDS = ['start', 'serve', 'work', 'migrate', 'doctor', 'evidence', 'retry', 'seed'] as const;
type Command = (typeof COMMANDS)[number] | 'own';

const USAGE = `Usage: node main.js [command] [options]

  start      everything for trying it out: database, migrations, invented data, server and worker (the default while developing)
  serve      the web server (the default in production)
  work       the worker: messages, clean-up, whatever comes round
  migrate    bring the database to this version
  doctor     what is missing, wrong or out of date
  evidence   what it can show of itself to whoever assesses it (NCSC cloud security principles)
  retry      run again what failed as often as it is tried
  seed       put invented data into a development database

  --port N        the port to serve on (4000)
  --host H        the address to listen at (127.0.0.1 while developing, 0.0.0.0 in production)
  --data FOLDER   where keys, sandboxes and local files are kept (.guildhall)
  --json          doctor, evidence: as JSON
  --council SLUG  evidence, and commands of modules: of which council, where several run here
  --contract      migrate: no older version runs any more; what removes something need not wait for the version between
  --told FILE     evidence: what no program sees of itself (JSON): { "backups": { "text": "…", "on": "2026-11-01" } }
  --audit FILE    evidence: what npm audit --json wrote
`;

/** What a process was asked for. */
export interface Given { readonly command: Command; /** A command of the app or of one of its modules. */ readonly own?: AskedCommand; readonly port: number; readonly host: string; readonly dataFolder: string; readonly asJson: boolean; readonly isDevelopment: boolean; readonly of: string | undefined; readonly told: string | undefined; readonly audit: string | undefined; readonly mayTakeAway: boolean }

const FLAGS = { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' }, council: { type: 'string' }, told: { type: 'string' }, audit: { type: 'string' }, contract: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
type Flags = { readonly [Name in keyof typeof FLAGS]?: (typeof FLAGS)[Name]['type'] extends 'string' ? string : boolean };

/** What is asked for; the usage when it is for that. @throws Error with the usage when it cannot be told */
export function given(argv: readonly string[], definitions: readonly CouncilDefinition[], own: readonly OwnCommand[]): Given | string {
  const isDevelopment = process.env.NODE_ENV !== 'production';
  const { positionals: [first], values: { help } } = parseArgs({ args: [...argv], strict: false, allowPositionals: true, options: FLAGS });
  const isKnown = first === undefined || [...COMMANDS, ...own.map(({ name }) => name)].some((name) => name === first);
  const brought = help || !isKnown ? broughtBy(definitions, isDevelopment, Boolean(help)) : [];
  const usage = usageWith(USAGE, own, brought);
  const asked = brought.find(({ name }) => name === first);
  let parsed: { readonly values: Flags & Readonly<Record<string, string | boolean | undefined>>; readonly positionals: readonly string[] };
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { ...flagsOf(asked), ...FLAGS } }) as typeof parsed;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
  const { values: flags, positionals: [name = isDevelopment ? 'start' : 'serve', ...words] } = parsed;
  if (flags.help) return usage;
  const command = asked ? { name, isOf: (installed: InstalledCouncil) => installed.registered(COMMAND).includes(asked), run: (app, ctx) => asked.run(app, ctx, { words, flags }) } satisfies AskedCommand : ownCommand(own, name, words);
  const kernels = COMMANDS.find((known) => known === name);
  if (!command && (!kernels || words.length > 0)) throw new Error(usage);
  const port = Number(flags.port ?? process.env.PORT ?? 4000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port must be a number from 1 to 65535.\n\n${usage}`);
  return { command: kernels ?? 'own', ...(command && { own: command }), port, host: flags.host ?? process.env.HOST ?? (isDevelopment ? '127.0.0.1' : '0.0.0.0'), dataFolder: resolve(flags.data ?? process.env.GUILDHALL_DATA ?? '.guildhall'), asJson: flags.json ?? false, isDevelopment, of: flags.council, told: flags.told, audit: flags.audit, mayTakeAway: flags.contract ?? false };
}

function broughtBy(definitions: readonly CouncilDefinition[], isDevelopment: boolean, isForHelp: boolean): readonly ModuleCommand[] {
  try {
    return commandsOf(definitions, isDevelopment);
  } catch (error) {
    // Whoever asks how it is used may have set nothing yet.
    if (isForHelp) return [];
    throw error;
  }
}

function ownCommand(own: readonly OwnCommand[], name: string, [about, ...others]: readonly string[]): AskedCommand | undefined {
  const command = own.find((one) => one.name === name);
  return command && about !== undefined && others.length === 0 ? { name, isOf: () => true, run: (app, ctx) => command.run(app, ctx, about) } : undefined;
}
