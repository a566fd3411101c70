import { MINUTE, buildApps, close, everySixth, found, gardenWaste, killAtEach, patIsSignedIn, photosOfNoCase, problemsInTheEnd, processOf, report, run, stepsOf } from '../test/killing';

// Each step of an order is tried in crash.int.spec.ts; of these arrangements, which share most of them, every sixth.
beforeAll(buildApps, 5 * MINUTE);

describe('a process that is killed, arranged otherwise', () => {
  beforeAll(() => found('riverbourne'), 5 * MINUTE);
  afterAll(close);

  it('server and worker in one, while somebody sends a report with photos', async () => {
    const server = processOf('start');
    await run(server);
    await patIsSignedIn();
    const steps = await stepsOf(server, server, report.begin, report.act);
    // What the worker does with a case that is open is the same as for an order.
    const own = steps.slice(0, steps.findIndex((step) => step.includes('that queues on:cases.')));
    expect(own).toEqual(expect.arrayContaining(['before a file of documents gets its name', 'when a file of documents has its name']));
    expect(own.length).toBeGreaterThan(15);
    expect(await killAtEach({ name: 'A report with photos', killed: server, worker: server, steps: everySixth(own), ...report })).toEqual([]);
    expect(await problemsInTheEnd(server)).toEqual([]);
    expect(await photosOfNoCase(server)).toEqual([]);
  }, 20 * MINUTE);

  it('a worker of its own beside a server that goes on', async () => {
    const server = processOf('serve');
    const worker = processOf('work');
    await run(server, worker);
    await patIsSignedIn();
    const steps = await stepsOf(worker, worker, gardenWaste.begin, gardenWaste.act);
    expect(steps.length).toBeGreaterThan(10);
    expect(await killAtEach({ name: 'The worker beside a server', killed: worker, worker, isBesideAnother: true, steps: everySixth(steps), ...gardenWaste })).toEqual([]);
    expect(await problemsInTheEnd(worker)).toEqual([]);
  }, 20 * MINUTE);

  it('a server of its own beside a worker that goes on', async () => {
    const server = processOf('serve');
    const worker = processOf('work');
    await run(server, worker);
    await patIsSignedIn();
    const steps = await stepsOf(server, worker, gardenWaste.begin, gardenWaste.act);
    expect(steps.length).toBeGreaterThan(20);
    expect(await killAtEach({ name: 'The server beside a worker', killed: server, worker, isBesideAnother: true, steps: everySixth(steps), ...gardenWaste })).toEqual([]);
    expect(await problemsInTheEnd(worker)).toEqual([]);
  }, 20 * MINUTE);
});

describe('a process that is killed whose payment provider calls back', () => {
  beforeAll(() => found('glanafon'), 5 * MINUTE);
  afterAll(close);

  it('server and worker in one, while somebody pays: whoever is heard first, the person or the provider, the money is booked once', async () => {
    const server = processOf('start');
    await run(server);
    await patIsSignedIn();
    const steps = await stepsOf(server, server, gardenWaste.begin, gardenWaste.act);
    // What has to do with the money: the rest is the same with every provider.
    const own = steps.filter((step) => /POST|GET|far end|payments\./.test(step));
    const decisive = ['when the far end has written down: state paid', 'before the commit of kernel.waiting_job, payments.provider_event'];
    expect(own).toEqual(expect.arrayContaining(decisive));
    expect(await killAtEach({ name: 'Pay where the provider calls back', killed: server, worker: server, steps: own.filter((step) => decisive.includes(step) || everySixth(own).includes(step)), decisive, ...gardenWaste })).toEqual([]);
    expect(await problemsInTheEnd(server)).toEqual([]);
  }, 20 * MINUTE);
});
