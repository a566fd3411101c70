import { Injectable, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { defineJob, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { Database, defineModule, does, every } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';
import { systemIds } from './clock';
import { WorkPlan } from './work-plan';
import { Worker } from './worker';

const Sweep = defineJob<Record<never, never>>('sweeping.sweep');
const done: string[] = [];

@Injectable()
class SweepUp {
  run(ctx: RequestContext): Promise<void> {
    done.push(`${ctx.council.slug} ${ctx.language}`);
    return Promise.resolve();
  }
}
@Module({ providers: [SweepUp] })
class SweepingModule {}
const sweeping = defineModule({ id: 'sweeping', version: '0.1.0', packageFolder: __dirname, nest: SweepingModule, jobs: [does(Sweep, SweepUp)], recurring: [every('day', Sweep)] });

describe('what comes round every day', () => {
  const clock = new FixedClock('2026-03-01T12:34:00Z');
  const once = ['glanafon en', 'riverbourne en'];
  let running: TestApp;
  let workers: readonly Worker[] = [];
  const start = async (count: number): Promise<void> => {
    workers = Array.from({ length: count }, () => new Worker({ url: running.database.appUrl, expireInSeconds: 60, retryLimit: 1, concurrency: 1 }, running.councils, running.get(Database), running.get(WorkPlan), running.get(ModuleRef), clock, systemIds, running.log));
    await Promise.all(workers.map((worker) => worker.start()));
  };
  const stop = async (): Promise<void> => void (await Promise.all(workers.map((worker) => worker.stop())));
  /** What is done until nothing has been done for longer than a worker takes between two looks. */
  const whatIsDone = async (): Promise<readonly string[]> => {
    let quiet = 0;
    for (let tries = 0; tries < 150 && (quiet < 25 || done.length === 0); tries++) {
      const count = done.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
      quiet = done.length === count ? quiet + 1 : 0;
    }
    return done.splice(0).sort();
  };
  beforeAll(async () => {
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [sweeping()]), testCouncilDefinition('glanafon', 2, [sweeping()]), testCouncilDefinition('bareham', 3, [])], clock });
  });
  afterEach(stop);
  afterAll(() => running.close());

  it('is done late rather than not at all by a worker that was down at midnight, and once that day', async () => {
    await start(1);
    expect(await whatIsDone()).toEqual(once);
    await stop();
    clock.set('2026-03-02T00:07:00Z');
    await start(1);
    expect(await whatIsDone()).toEqual(once);
    clock.set('2026-03-02T23:59:00Z');
    await stop();
    await start(1);
    clock.set('2026-03-03T00:00:30Z');
    expect(await whatIsDone()).toEqual(once);
  });

  it('is done once by several workers, and once after several days that were missed', async () => {
    clock.set('2026-03-08T09:00:00Z');
    await start(4);
    expect(await whatIsDone()).toEqual(once);
  });

  it('is not lost when the database would not take it', async () => {
    clock.set('2026-03-09T00:00:00Z');
    await running.owner.query('revoke insert on kernel.waiting_job from guildhall_app, guildhall_work');
    await start(1);
    for (let tries = 0; tries < 100 && !running.log.lines.some(({ event }) => event === 'work.round-failed'); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    await running.owner.query('grant insert on kernel.waiting_job to guildhall_app, guildhall_work');
    clock.set('2026-03-09T00:03:00Z');
    expect(await whatIsDone()).toEqual(once);
  });
});
