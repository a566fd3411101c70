import { CannotDo, type Said } from '@guildhall/sharing-command';

export { CannotDo, given, type Said } from '@guildhall/sharing-command';

/** What a command is given of the world. @public */
export interface World {
  /** The folder in which it was typed. */
  readonly folder: string;
  readonly now: Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Says something while it works, a line at a time. */
  readonly say: (line: string) => void;
  /** Asks yes or no on a terminal; undefined where there is none. */
  readonly confirm: (question: string) => Promise<boolean | undefined>;
}
/** A command, and how it is used: one line for the list, and the whole. @public */
export interface Command { readonly summary: string; readonly usage: string; run(argv: readonly string[], world: World): Promise<Said> }

/** Runs the command that is named, or says how it is used. */
export async function chosen(argv: readonly string[], commands: Readonly<Record<string, Command>>, world: World): Promise<Said> {
  const [name = '', ...rest] = argv;
  const list = `Usage: guildhall <command> [options]\n\n${Object.entries(commands).map(([one, { summary }]) => `  ${one.padEnd(12)}${summary}`).join('\n')}\n\nguildhall <command> --help says more of each.\n`;
  if (['--help', '-h', 'help'].includes(name)) return { code: 0, out: list };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return { code: 2, out: '', err: name ? `There is no command “${name}”.\n\n${list}` : list };
  if (rest.includes('--help') || rest.includes('-h')) return { code: 0, out: command.usage };
  try {
    return await command.run(rest, world);
  } catch (error) {
    if (error instanceof CannotDo) return { code: 2, out: '', err: `${error.message}\n` };
    throw error;
  }
}
