import { readdirSync } from 'node:fs';
import path from 'node:path';
import { council, worldAt, writeTo } from '@guildhall/generators';
import { USAGE, given, invented, type Answers, type Given } from './answers';
import { ask, languagesOf } from './ask';

/** What the program is given of the world. */
export interface Surroundings {
  readonly cwd: string;
  readonly id: string;
  /** Whether somebody sits there who can be asked. */
  readonly isTerminal: boolean;
  readonly ask?: typeof ask;
  /** Installs what the app needs; whether it went well. */
  readonly install: (folder: string) => boolean;
  readonly say: (text: string) => void;
}

/** Makes a council's app in a folder. @returns the exit code: 0 made, 1 not made, 2 not understood */
export async function create(argv: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { say } = surroundings;
  let typed: Given;
  try {
    typed = given(argv);
  } catch (error) {
    say(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (typed.wantsHelp) { say(USAGE); return 0; }
  const answers = await answersOf(typed, surroundings);
  if (answers === undefined) { say('Nothing was made.\n'); return 1; }
  if (typeof answers === 'string') { say(answers); return 2; }
  const folder = path.resolve(surroundings.cwd, typed.folder ?? answers.slug);
  if (isInUse(folder)) { say(`${folder} is not empty, and nothing is overwritten. Name another folder.\n`); return 1; }
  const made = council({ ...answers, languages: languagesOf(answers.languages), id: surroundings.id, folder: '.' }, worldAt(folder));
  if (!made.ok) { say(`${made.problems.join('\n')}\n`); return 2; }
  writeTo(folder, made);
  const shown = path.relative(surroundings.cwd, folder) || '.';
  say(`${answers.name} is in ${shown}:\n${Object.keys(made.files).sort().map((file) => `  ${file}\n`).join('')}`);
  const isInstalled = typed.installs && surroundings.install(folder);
  say(nextSteps(shown, isInstalled, typed.installs, made.nextSteps.at(-1) ?? ''));
  return typed.installs && !isInstalled ? 1 : 0;
}

async function answersOf(typed: Given, { isTerminal, ...surroundings }: Surroundings): Promise<Answers | string | undefined> {
  const offered = invented(typed.folder, typed.answers.name);
  const all = { ...offered, ...typed.answers };
  const missing = Object.keys(offered).filter((question) => typed.answers[question as keyof Answers] === undefined);
  if (typed.isYes || missing.length === 0) return all;
  if (!isTerminal) return `Nobody can be asked here. Give ${missing.map((question) => `--${question}`).join(', ')}, or --yes for what is invented.\n\n${USAGE}`;
  return (surroundings.ask ?? ask)(typed.answers, offered);
}

function nextSteps(shown: string, isInstalled: boolean, wasWanted: boolean, own: string): string {
  const steps = [...(shown === '.' ? [] : [`cd ${shown}`]), ...(isInstalled ? [] : ['npm install']), 'npm start'];
  return `${wasWanted && !isInstalled ? '\nnpm install did not succeed: see above.\n' : ''}\nNow:\n${steps.map((step) => `  ${step}\n`).join('')}\n${own}\n`;
}

function isInUse(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name !== '.git');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
