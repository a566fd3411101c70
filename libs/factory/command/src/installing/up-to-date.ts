import { CannotDo, type World } from '../command';
import { npm, ran, reasonOf } from '../publishing/npm';

/** How it went with the database, in words. */
export interface BroughtUpToDate { readonly isDone: boolean; readonly words: string }

/** A migration may take long, and is not ended for it. */
const MOST_SECONDS = 24 * 60 * 60;

/** Builds the app as its package.json says. @throws CannotDo */
export async function built(world: World): Promise<void> {
  world.say('Building the app …');
  const { code, out, err } = await npm(['run', 'build'], world.folder, world);
  const [wrong] = out.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('>'));
  if (code !== 0) throw new CannotDo(`The app does not build with it, and nothing is changed: ${wrong ?? reasonOf({ out: '', err })}`);
}

/** Lets the app as it is built bring its database to this version. What fails there is not thrown: what was installed stays. */
export async function broughtUpToDate(main: string, { folder, env, say }: World): Promise<BroughtUpToDate> {
  say('Bringing its database up to date …');
  const { code, out, err } = await ran(process.execPath, [main, 'migrate'], folder, { ...env, LOG_LEVEL: 'silent' }, { timeoutInSeconds: MOST_SECONDS });
  if (code === 0) return { isDone: true, words: `The app is built. ${out.trim()}\nStart it anew, and look: npx guildhall doctor\n` };
  return { isDone: false, words: `The app is built, and its database is not up to date: ${(err.trim() || out.trim()) || 'the app does not say why.'}\nA migration is done whole or not at all, and none is done twice: mend that, and type node ${main} migrate before the app is started anew. What runs until then goes on.\n` };
}
