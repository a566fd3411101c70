import type { Refusal } from '@guildhall/kernel-contract';
import { CannotDo, type Said, type World } from '../command';
import type { AppFolder } from './app-folder';
import type { Examined } from './examined';
import type { BroughtUpToDate } from './up-to-date';

/** What is put to whoever typed it. */
export interface Question {
  readonly lines: readonly string[];
  readonly question: string;
  readonly yes?: boolean;
  readonly trust?: readonly string[];
  /** What comes from publishers that this app meets for the first time. */
  readonly newcomers: readonly Examined[];
}

/** Shows what would be done, and asks. @returns what to end with when it is not wanted; nothing when it is @throws CannotDo where nobody can be asked */
export async function agreed(world: World, { lines, question, yes, trust = [], newcomers }: Question): Promise<Said | undefined> {
  for (const line of lines) world.say(line);
  const strange = newcomers.filter(({ pin }) => pin && !trust.includes(pin.id));
  for (const { pin, believed: { publisher } } of strange) if (pin) world.say(`\n  ${publisher.name.en} (${pin.id}) is new to this app. Whoever signs with the key ${pin.key} will be taken for it: compare it with what ${publisher.contact.web ?? publisher.contact.email} says.`);
  if (yes) {
    const [first] = strange;
    return first?.pin ? refusedSaid({ reason: 'unknown-publisher', message: `${first.pin.id} is new to this app, and --yes does not say that it is trusted. Compare its key (${first.pin.key}), and say --trust ${first.pin.id}.` }) : undefined;
  }
  const answer = await world.confirm(question);
  if (answer === undefined) throw new CannotDo('Nobody can be asked here. Say --yes when it is meant.');
  return answer ? undefined : { code: 1, out: 'Nothing was changed.\n' };
}

/** What is refused, and that nothing came of it. */
export function refusedSaid({ message }: Refusal<string>): Said { return { code: 1, out: '', err: `${message}\nNothing was changed.\n` }; }

/** What is said when it is done: what is to be done now, or how that went. */
export function saidDone(app: Pick<AppFolder, 'settings'>, words: string, database: BroughtUpToDate | undefined): Said {
  if (!database) return { code: 0, out: `${words}${next(app)}` };
  return database.isDone ? { code: 0, out: `${words}${database.words}` } : { code: 1, out: words, err: database.words };
}

/** What is to be done now. */
export function next({ settings: { main } }: Pick<AppFolder, 'settings'>): string { return `Now build the app, bring its database up to date, and look: npm run build && node ${main} migrate && npx guildhall doctor\n`; }
