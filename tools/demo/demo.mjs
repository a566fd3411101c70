// `npm run demo:sharing`: three public bodies that share, on this machine, each in a process of its own with its own database. Ctrl-C stops them; the next start goes on where they were.
// `npm run demo:sharing -- ask county` (or `care`), meanwhile: lets a system of Riverbourne's ask another body about Tom Bell. `-- lose county`: the county loses what it was told last, and is found out.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from '../workspace/build.mjs';

const USAGE = 'Usage: npm run demo:sharing [-- --port N --data FOLDER]\n       npm run demo:sharing -- ask county|care\n       npm run demo:sharing -- lose county';
const USUAL_FOLDER = path.join(root, '.guildhall/demo-sharing');

const { command, what, port, folder } = given();
const file = path.join(folder, 'demo.json');
if (command === 'ask') {
  const { ask } = await import('./ask.mjs');
  await ask(readKept(), what).then((words) => console.log(words), refuse);
} else if (command === 'lose') {
  const { lose } = await import('./lose.mjs');
  await lose(folder, readKept(), what).then((words) => console.log(words), refuse);
} else await run();

function given() {
  try {
    const { values: { port, data }, positionals: [command, what, ...rest] } = parseArgs({ allowPositionals: true, options: { port: { type: 'string', default: '4400' }, data: { type: 'string', default: USUAL_FOLDER } } });
    if ((command !== undefined && (!['ask', 'lose'].includes(command) || !what)) || rest.length > 0 || !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_000) throw new Error('What is asked for is not known.');
    return { command, what, port: Number(port), folder: path.resolve(data) };
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(1);
  }
}

async function run() {
  console.log('Building …');
  if (!build(['apps/riverbourne', 'apps/exchange-node', 'libs/sharing/providers/csv-drop', 'libs/assurance/contract'])) {
    console.error('It does not compile: see above.');
    process.exit(1);
  }
  const [{ RunningBodies }, { knowEachOther, setUpOnce }, { whatToTry }] = await Promise.all([import('./running-bodies.mjs'), import('./bring-together.mjs'), import('./what-to-try.mjs')]);
  mkdirSync(folder, { recursive: true });
  const kept = { value: readKept(), save() { writeFileSync(file, JSON.stringify(this.value, null, 2), { mode: 0o600 }); } };
  kept.value.readsPassword ??= randomBytes(24).toString('base64url');
  const bodies = new RunningBodies({ folder, firstPort: port, kept: kept.value, isUsualFolder: folder === USUAL_FOLDER });
  kept.save();
  const say = (line) => console.log(line);
  let isStopping = false;
  const stop = async (code) => {
    if (isStopping) return;
    isStopping = true;
    say('\nStopping …');
    await bodies.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
  try {
    await bodies.start(say);
    await knowEachOther(bodies, say);
    await setUpOnce(bodies, kept, say);
    say(whatToTry(bodies, kept.value, folder));
    // One that ends by itself leaves a demonstration of nothing.
    await bodies.oneEnds;
    throw new Error(`One of the bodies has ended. What it said last is in ${folder}, in the file with its name.`);
  } catch (error) {
    if (isStopping) return;
    console.error(`\n${error.message}\n`);
    await stop(1);
  }
}

/** What is kept from one start to the next: secrets that are made once, and what has been set up. */
function readKept() { return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}; }

function refuse(error) {
  console.error(error.message);
  process.exitCode = 1;
}
