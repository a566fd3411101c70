import { setTimeout as wait } from 'node:timers/promises';
import { faultsOfOrder, faultsOfTheWhole } from '../test/books';
import { carryOnToTheEnd, type Wish } from '../test/determined-person';
import { confirmationOn, gardenWasteAnswers, problemAnswers, signInByCode } from '../test/journeys';
import { COUNCILS, MINUTE, buildApps, close, council, database, dataFolder, found, gardenWaste, killAtEach, owner, passMinutes, patIsSignedIn, port, problemsInTheEnd, processOf, run, say, stepsOf, town } from '../test/killing';
import { readiness } from '../test/killed-process';
import { Person, type Filled } from '../test/person';

/** What a worker does with a message that is kept: each of these is tried in crash-messages.int.spec.ts, with sixty of them in hand. */
const OF_A_MESSAGE = /do:notifications\.send$|commit of (?:kernel\.event, kernel\.waiting_job, )?notifications\.message$/;
/** Where a process dies is the same on the second PostgreSQL: there the steps that matter most will do. */
const ON_SECOND_DATABASE = process.env['GUILDHALL_TEST_POSTGRES'] !== undefined;

beforeAll(buildApps, 5 * MINUTE);

describe('a process that is killed', () => {
  beforeAll(() => found('riverbourne'), 5 * MINUTE);
  afterAll(close);

  it('server and worker in one, while somebody pays and sends: nothing is lost and nothing doubled, whichever step was its last', async () => {
    const server = processOf('start');
    await run(server);
    await patIsSignedIn();
    const steps = await stepsOf(server, server, gardenWaste.begin, gardenWaste.act);
    expect(steps.length).toBeGreaterThan(35);
    // The one that matters most: the money has moved, and nobody here has heard of it.
    const decisive = ['when the far end has written down: moved success', 'when GET /v1/payments/:id is answered'];
    expect(steps).toEqual(expect.arrayContaining(decisive));
    expect(await killAtEach({ name: 'Pay and send, server and worker in one process', killed: server, worker: server, steps: steps.filter((step) => (ON_SECOND_DATABASE ? decisive.includes(step) : !OF_A_MESSAGE.test(step))), decisive: ON_SECOND_DATABASE ? [] : decisive, ...gardenWaste })).toEqual([]);
    expect(await problemsInTheEnd(server)).toEqual([]);
  }, 20 * MINUTE);

  it('the database, while five people send reports and three pay: the server says so, comes back by itself, and has all that it acknowledged once', async () => {
    const server = processOf('start');
    await run(server);
    const buyers = await Promise.all([1, 2, 3].map(async (number) => {
      const buyer = new Person(town.home);
      await signInByCode(town, buyer, `buyer.${number}@post.example`);
      return buyer;
    }));
    const began = performance.now();
    const before = await reportsInStore();
    const acknowledged: string[] = [];
    const paid: string[] = [];
    const seen = { unavailable: 0, pages: new Set<string>() };
    let isOver = false;
    const people = [
      ...Array.from({ length: 5 }, async () => {
        while (!isOver) acknowledged.push(await reportWhateverHappens(seen));
      }),
      ...buyers.map(async (buyer) => {
        while (!isOver) paid.push(await buyWhateverHappens(buyer, seen));
      }),
    ];
    // Whoever is told of first is thrown at the end.
    for (const one of people) one.catch(() => undefined);
    const readySeen: number[] = [];
    for (let kills = 0; kills < 3; kills++) {
      await wait(1500);
      await database.kill();
      readySeen.push(await readiness(port));
      await wait(700);
      await database.startAgain();
    }
    // And every connection of the server cut, again and again, in whatever it was just doing.
    for (let cuts = 0; cuts < 60; cuts++) {
      await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'guildhall_login'`);
      await wait(40);
    }
    // However slow the machine is: enough comes through in between and after.
    for (const until = Date.now() + 3 * MINUTE; (acknowledged.length <= 16 || paid.length <= 3) && server.isRunning && Date.now() < until; ) await wait(100);
    isOver = true;
    // The very process that was there before: it was never started again.
    if (!server.isRunning) throw new Error(`The server did not live through it:\n${server.output.slice(-5000)}`);
    await Promise.all(people);
    await passMinutes(3, server);
    say(`\nThe database killed 3 times and its connections cut 60 times under 8 people: ${acknowledged.length} reports and ${paid.length} orders acknowledged, ${seen.unavailable} answers 503, in ${Math.round((performance.now() - began) / 1000)} s`);
    expect(readySeen).toEqual([503, 503, 503]);
    expect(seen.unavailable).toBeGreaterThan(0);
    expect([...seen.pages].every((title) => /Sorry, the service is unavailable|not available|unavailable/i.test(title))).toBe(true);
    expect(acknowledged.length).toBeGreaterThan(16);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    const stored = (await reportsInStore()).filter((reference) => !before.includes(reference));
    expect([...stored].sort()).toEqual([...acknowledged].sort());
    expect(paid.length).toBeGreaterThan(3);
    for (const draftId of paid) expect({ draftId, faults: await faultsOfOrder(owner, dataFolder, draftId, { amountInPence: COUNCILS[council].oneBinInPence }) }).toEqual({ draftId, faults: [] });
    expect(await faultsOfTheWhole(owner, dataFolder)).toEqual([]);
  }, 10 * MINUTE);
});

async function reportsInStore(): Promise<readonly string[]> {
  return (await owner.query<{ reference: string }>(`select reference from cases."case" where case_type like 'report-a-problem.%'`)).rows.map(({ reference }) => reference);
}

/** One report by somebody new, who loads the page again as long as it is not there. Returns its reference. */
async function reportWhateverHappens(seen: { unavailable: number; readonly pages: Set<string> }): Promise<string> {
  const person = new Person(town.home);
  const answers = problemAnswers('street-light');
  const insist = async (act: () => Promise<unknown>): Promise<void> => {
    await act();
    for (let tries = 0; person.page.status === 503; tries++) {
      if (tries > 200) throw person.lost('stays unavailable');
      seen.unavailable++;
      seen.pages.add(/<title>([^<]*)/.exec(person.page.html)?.[1]?.trim() ?? person.page.html.slice(0, 200));
      await wait(100);
      await person.resend();
    }
    if (person.page.status !== 200) throw person.lost('is neither a page nor "unavailable"');
  };
  await insist(() => person.open('/services/report-a-problem/problem'));
  for (let pages = 0; pages < 20 && !person.path.includes('/done/'); pages++) {
    const slug = person.path.split('/').at(-1) ?? '';
    const answer = slug === 'where' ? { 'place-described': 'By the bridge' } : slug === 'check-answers' ? {} : answers[slug];
    if (slug === 'photos' || typeof answer !== 'function') await insist(() => person.send(slug === 'photos' ? {} : (answer as Filled), slug === 'check-answers' ? undefined : 'Continue'));
    else throw person.lost('was not expected');
  }
  // Acknowledged: what is still being filed then is filed by itself.
  return confirmationOn(person).reference;
}

/** One order by somebody who is signed in and does not give up. Returns its draft. */
async function buyWhateverHappens(person: Person, seen: { unavailable: number; readonly pages: Set<string> }): Promise<string> {
  const wish: Wish = { service: 'garden-waste', draftId: '', answers: gardenWasteAnswers(), declares: { agreesToTerms: 'yes' } };
  await person.open('/services/garden-waste/address');
  for (let tries = 0; tries < 200; tries++) {
    try {
      return (await carryOnToTheEnd(person, wish)).donePath.split('/').at(-1) ?? '';
    } catch (error) {
      if (person.page.status !== 503) throw error;
      seen.unavailable++;
      await wait(100);
    }
  }
  throw person.lost('stays unavailable');
}
