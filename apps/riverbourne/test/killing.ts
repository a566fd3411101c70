import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startDurableTestDatabase, type DurableTestDatabase } from '@guildhall/embedded-database/testing';
import { Pool } from 'pg';
import { faultsOfOrder, faultsOfTheWhole } from './books';
import { CutOff, HABITS, carryOnToTheEnd, unlessCutOff, type Habit, type Wish } from './determined-person';
import { addPhoto, answerPages, begin, confirmAndGoToPay, confirmationOn, gardenWasteAnswers, hasPhoto, orderGardenWaste, payByCard, photo, problemAnswers, signInByCode, type Confirmation, type Town } from './journeys';
import { KilledProcess, freePorts } from './killed-process';
import { linksOnPage } from './forms-on-page';
import { Person } from './person';

const MAIL = 'pat.whistlewood@post.example';
/** What one bin costs at each council, and a postcode in it. */
export const COUNCILS = { riverbourne: { oneBinInPence: 5500, postcode: 'ZZ99 1AA' }, glanafon: { oneBinInPence: 4200, postcode: 'ZZ99 6AA' } } as const;
export const MINUTE = 60_000;
/** Every sixth step: of arrangements that share most of them with one of which each is tried. */
export const everySixth = (steps: readonly string[]): readonly string[] => steps.filter((_step, at) => at % 6 === 0);
/** Other systems are told of every event: that is no part of an order, and is killed at each of its own steps where it is proved. Here once, so that it is seen to lose nothing of an order. */
const TELLS_OTHERS = /on:subscriptions\.take-event|commit of kernel\.inbox(?:, time \d+)?$/;
const TELLING_TRIED = 'before the commit that queues on:subscriptions.take-event';
/** Bringing a paid order to its end is done by the request of whoever paid or by the worker, whichever is first: of two processes it is not always the same. */
const BY_WHOEVER_IS_FIRST = /commit of .*\b(?:services\.draft|cases\.case)\b/;
/** Work that comes round by itself and looks after what was left lying. */
const ROUNDS = ['do:services.carry-on-submissions', 'do:payments.reconcile'];

export let council: keyof typeof COUNCILS;
export let database: DurableTestDatabase;
export let dataFolder: string;
export let port: number;
export let owner: Pool;
export let pat: Person;
let main: string;
let isSignedIn = false;
let clockAhead = 0;
let running: KilledProcess[] = [];
export const town: Town = { get home() { return `http://localhost:${port}`; }, work: async () => undefined };
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What runs is what is built: it must be what is written. */
export function buildApps(): void {
  const built = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', join(__dirname, '..'), join(__dirname, '../../glanafon')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stdout);
}

/** An app with its code in one file, as it is deployed: it is started a hundred times. In a folder from which it finds what is installed. */
async function bundled(slug: keyof typeof COUNCILS): Promise<string> {
  const into = await mkdtemp(`${process.env['GUILDHALL_TEST_RUN']}/bundle-`);
  const made = spawnSync(process.execPath, [join(__dirname, '../../../tools/testing/bundle-to-kill.mjs'), `apps/${slug}`, into], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${made.stdout}${made.stderr}`);
  return join(into, 'main.mjs');
}

/** A council with a database and a folder of its own, where nobody has been before. */
export async function found(slug: keyof typeof COUNCILS): Promise<void> {
  council = slug;
  main = await bundled(slug);
  database = await startDurableTestDatabase();
  dataFolder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'crash-'));
  port = await freePorts();
  isSignedIn = false;
  clockAhead = 0;
  orders.length = 0;
  const migrated = spawnSync(process.execPath, [main, 'migrate', '--data', dataFolder], { encoding: 'utf8', env: { PATH: process.env['PATH'], DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url } });
  if (migrated.status !== 0) throw new Error(`${migrated.stdout}${migrated.stderr}`);
  owner = new Pool({ connectionString: database.url, max: 3 });
  owner.on('error', () => undefined);
}
export async function close(): Promise<void> {
  for (const one of running) await one.kill();
  running = [];
  await owner.end();
  await database.drop();
  await rm(dataFolder, { recursive: true, force: true });
}

export function processOf(command: 'start' | 'serve' | 'work'): KilledProcess {
  return new KilledProcess({ main, command, port, dataFolder, databaseUrl: database.appUrl, migrateUrl: database.url });
}
export async function run(...processes: KilledProcess[]): Promise<void> {
  for (const one of running) await one.kill();
  running = processes;
  for (const one of processes) await one.start();
}

/** Waits until no work is due; false when the process that would do it is gone. */
async function isIdle(worker: KilledProcess): Promise<boolean> {
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(30)) {
    const { rows } = await owner.query<{ waiting: number }>(`select ((select count(*) from kernel.waiting_job where run_at <= $1) + (select count(*) from queue.job where name = 'work' and state < 'completed'))::int as waiting`, [new Date(Date.now() + clockAhead)]);
    if (rows[0]?.waiting === 0) return true;
    if (!worker.isRunning) return false;
  }
  const { rows } = await owner.query(`select data ->> 'kind' as kind, state, retry_count, output from queue.job where name = 'work' and state < 'completed' union all select kind, 'waiting', 0, null from kernel.waiting_job`);
  throw new Error(`Work is still waiting after a minute: ${JSON.stringify(rows)}\n${worker.output.slice(-5000)}`);
}

/** Lets minutes pass for the processes, and what comes round with them come round. */
export async function passMinutes(minutes: number, worker: KilledProcess): Promise<void> {
  const { rows: [start] } = await owner.query<{ now: Date }>('select clock_timestamp() as now');
  await letPass(minutes * MINUTE);
  await rounds(start?.now, worker);
}

/** On to a full hour, ten minutes away at least: then everything comes round that does so by the minute or by the hour, and what a dead worker had claimed is free. */
async function passToTheHour(worker: KilledProcess): Promise<void> {
  const { rows: [start] } = await owner.query<{ now: Date }>('select clock_timestamp() as now');
  const soonest = Date.now() + clockAhead + 10 * MINUTE;
  await letPass(10 * MINUTE + 60 * MINUTE - (soonest % (60 * MINUTE)) + 1000);
  await rounds(start?.now, worker);
}

async function letPass(ms: number): Promise<void> {
  clockAhead += ms;
  await writeFile(join(dataFolder, 'clock'), String(clockAhead));
  for (const one of running) one.readClock();
}

async function rounds(since: Date | undefined, worker: KilledProcess): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(50)) {
    const { rows } = await owner.query<{ rounds: number }>(`select count(distinct data ->> 'kind')::int as rounds from queue.job where name = 'work' and state = 'completed' and completed_on > $1 and data ->> 'kind' = any($2)`, [since, ROUNDS]);
    if (rows[0]?.rounds === ROUNDS.length) return void (await isIdle(worker));
  }
  throw new Error(`What comes round did not come round.\n${worker.output.slice(-5000)}`);
}

/** The same person makes all orders: their session lives in the database, whatever dies. */
export async function patIsSignedIn(): Promise<void> {
  if (isSignedIn) return;
  pat = new Person(town.home);
  await pat.open('/?lang=en');
  await signInByCode(town, pat, MAIL);
  isSignedIn = true;
}

async function draftBeingFilledIn(service: string): Promise<string> {
  const { rows } = await owner.query<{ draft_id: string }>(`select draft_id from services.draft where service = $1 and state = 'open' and is_current order by created_at desc limit 1`, [service]);
  if (!rows[0]) throw new Error('Nothing is being filled in.');
  return rows[0].draft_id;
}

/** What somebody does whose page did not come, until the order is confirmed. */
async function goBackTo(person: Person, wish: Wish, habit: Habit, worker: KilledProcess): Promise<Confirmation> {
  const donePath = `/services/${wish.service}/done/${wish.draftId}`;
  switch (habit) {
    case 'loads the page again': await person.resend(); break;
    case 'begins again at the service':
      await person.open(`/services/${wish.service}`);
      // Nothing to carry on with: it was finished, and the account says so.
      if (!linksOnPage(person.page.html).some(({ text }) => text.startsWith('Carry on where you stopped'))) await person.open(donePath);
      break;
    default:
      await passMinutes(5, worker);
      await person.open('/account');
      await person.open(linksOnPage(person.page.html).find(({ href }) => href.endsWith(`carry-on?draft=${wish.draftId}`))?.href ?? donePath);
  }
  return carryOnToTheEnd(person, wish);
}

/** Tries an order with a process that is killed at a step; returns what does not agree in the end. */
async function tryToKill(killed: KilledProcess, worker: KilledProcess, habit: Habit, wish: Wish, act: () => Promise<unknown>): Promise<{ readonly isReached: boolean; readonly faults: readonly string[] }> {
  const wasConfirmed = await actUntilCutOff(act);
  if (wasConfirmed) await isIdle(worker);
  // The last step is seen in the database a moment before it is the process' last.
  const isReached = await killed.isGoneWithin(wasConfirmed ? 500 : 10_000);
  killed.disarm();
  if (isReached) await killed.start();
  const confirmation = wasConfirmed ? confirmationOn(pat) : await goBackTo(pat, wish, habit, worker);
  // "We are just filing it": that comes to its end by itself.
  if (confirmation.statusPath === undefined) await passMinutes(2, worker);
  await isIdle(worker);
  documentsOf.set(wish.draftId, report.photosChecked);
  const faults = [...(await faultsOfOrder(owner, dataFolder, wish.draftId, expectedOf(wish)))];
  const again = await pat.open(confirmation.donePath);
  if (again.status !== 200 || !again.html.includes(confirmation.reference) || confirmationOn(pat).statusPath === undefined) faults.push('the confirmation cannot be reached');
  if (confirmation.receiptPath && (await pat.open(confirmation.receiptPath)).status !== 200) faults.push('the receipt cannot be reached');
  return { isReached, faults };
}

/** Whether it came to its end. */
async function actUntilCutOff(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await unlessCutOff(act);
    return true;
  } catch (error) {
    if (error instanceof CutOff) return false;
    throw new Error(`${(error as Error).message} What the processes printed:\n${running.map(({ output }) => output.slice(-3000)).join('\n')}`, { cause: error });
  }
}

/** The steps of an order that come every time: what comes round by itself in between does not belong to it. */
export async function stepsOf(counted: KilledProcess, worker: KilledProcess, begin: () => Promise<Wish>, act: () => Promise<unknown>): Promise<readonly string[]> {
  const runs: (readonly string[])[] = [];
  for (let count = 0; count < 2; count++) {
    orders.push({ step: 'nobody was killed', wish: await begin() });
    await isIdle(worker);
    counted.arm();
    await act();
    await isIdle(worker);
    documentsOf.set(orders.at(-1)?.wish.draftId ?? '', report.photosChecked);
    runs.push([...new Set(counted.disarm())]);
  }
  const [first = [], second = []] = runs;
  return second.filter((step) => first.includes(step) && (!TELLS_OTHERS.test(step) || step === TELLING_TRIED));
}

/** Orders that have been made, and at which step something was killed meanwhile. */
const orders: { readonly step: string; readonly wish: Wish }[] = [];

/** Kills at each step, with each habit in turn; at the decisive steps with every habit. Returns what does not agree. */
export async function killAtEach({ name, killed, worker, isBesideAnother = false, steps, decisive = [], begin, act }: { readonly name: string; readonly isBesideAnother?: boolean; readonly killed: KilledProcess; readonly worker: KilledProcess; readonly steps: readonly string[]; readonly decisive?: readonly string[]; readonly begin: () => Promise<Wish>; readonly act: () => Promise<unknown> }): Promise<readonly string[]> {
  const began = performance.now();
  const problems: string[] = [];
  const lines: string[] = [];
  for (const [number, step] of steps.entries()) {
    for (const habit of decisive.includes(step) ? HABITS : [HABITS[number % HABITS.length] as Habit]) {
      let isReached = false;
      for (let tries = 0; tries < 3 && !isReached; tries++) {
        const wish = await begin();
        orders.push({ step, wish });
        await isIdle(worker);
        killed.arm(step);
        const tried = await tryToKill(killed, worker, habit, wish, act);
        isReached = tried.isReached;
        for (const fault of tried.faults) problems.push(`killed ${step}, the person ${habit}: ${fault}`);
      }
      const wasOthers = !isReached && isBesideAnother && BY_WHOEVER_IS_FIRST.test(step);
      if (!isReached && !wasOthers) problems.push(`the step "${step}" did not come again`);
      lines.push(`  ${String(number + 1).padStart(2)} ${step} · ${wasOthers ? 'the other process was first' : habit}`);
    }
  }
  say(`\n${name}: killed ${lines.length} times in ${Math.round((performance.now() - began) / 1000)} s\n${lines.join('\n')}`);
  return problems;
}

/** Everything that was ordered so far, looked at again when every message and every round has had its time. */
export async function problemsInTheEnd(worker: KilledProcess): Promise<readonly string[]> {
  await passToTheHour(worker);
  const problems: string[] = [];
  for (const { step, wish } of orders.splice(0)) for (const fault of await faultsOfOrder(owner, dataFolder, wish.draftId, { ...expectedOf(wish), areMessagesSent: true })) problems.push(`killed ${step}, in the end: ${fault}`);
  return [...problems, ...(await faultsOfTheWhole(owner, dataFolder))];
}

/** What belongs to an order: one payment, or the photos that were there when it was sent. */
const documentsOf = new Map<string, number>();
const expectedOf = ({ service, draftId }: Wish): Parameters<typeof faultsOfOrder>[3] => (service === 'garden-waste' ? { amountInPence: COUNCILS[council].oneBinInPence } : { documents: documentsOf.get(draftId) });

export const gardenWaste = {
  begin: async (): Promise<Wish> => {
    const { postcode } = COUNCILS[council];
    await orderGardenWaste(pat, { postcode });
    return { service: 'garden-waste', draftId: await draftBeingFilledIn('garden-waste'), answers: gardenWasteAnswers({ postcode }), declares: { agreesToTerms: 'yes' } };
  },
  act: async (): Promise<void> => {
    await confirmAndGoToPay(pat);
    await payByCard(pat);
    confirmationOn(pat);
  },
};

/** The report that is being made: its photos, those that a page has shown as taken, and how many the page for checking showed. */
export const report = {
  number: 0,
  taken: new Set<string>(),
  photosChecked: 0,
  photos: (): readonly string[] => [`before-${report.number}.jpg`, `after-${report.number}.jpg`],
  answers: () => ({ ...problemAnswers('pothole', { contact: { name: 'Pat Whistlewood', email: MAIL } }), photos: report.addMissing }),
  /** Somebody who comes to the page for photos sees which ones were taken, and adds the others. */
  addMissing: async (person: Person): Promise<void> => {
    for (const name of report.photos()) {
      if (!hasPhoto(person, name)) await addPhoto(person, 'pictures', photo(name));
      report.taken.add(name);
    }
    await person.send({}, 'Continue');
  },
  checks: (person: Person): void => {
    const shown = report.photos().filter((name) => person.text.includes(name));
    for (const name of report.taken) if (!shown.includes(name)) throw person.lost(`has lost the photo ${name}, which was taken`);
    report.photosChecked = shown.length;
  },
  /** As far as the page for photos. */
  begin: async (): Promise<Wish> => {
    report.number++;
    report.taken.clear();
    await begin(pat, 'report-a-problem');
    const { photos: _photos, ...untilThere } = report.answers();
    await answerPages(pat, 'report-a-problem', untilThere).catch((error: unknown) => { if (!pat.path.endsWith('/photos')) throw error; });
    return { service: 'report-a-problem', draftId: await draftBeingFilledIn('report-a-problem'), answers: report.answers(), checks: report.checks };
  },
  act: async (): Promise<void> => {
    await answerPages(pat, 'report-a-problem', report.answers());
    report.checks(pat);
    await pat.send();
    confirmationOn(pat);
  },
};

/** Photos that were taken in and belong to nothing any more, when drafts have had their time: nobody would ever delete them. */
export async function photosOfNoCase(worker: KilledProcess): Promise<readonly string[]> {
  await letPass(8 * 24 * 60 * MINUTE);
  await passToTheHour(worker);
  // After so long nobody is signed in any more.
  isSignedIn = false;
  const { rows } = await owner.query<{ text: string }>(`select concat_ws(' ', state, subject_type, filename) as text from documents.document d where state <> 'removed' and not exists (select from cases."case" c where d.document_id = any(c.documents))`);
  return rows.map(({ text }) => text);
}
