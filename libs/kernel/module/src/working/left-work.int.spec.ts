import { Injectable, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { defineEvent, defineJob, type Event, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { Database, defineModule, does, enqueue, on, publish } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';
import { systemClock, systemIds } from './clock';
import { FailedWork } from './failed-work';
import { WorkPlan } from './work-plan';
import { Worker } from './worker';

const Carry = defineJob<{ parcel: number }>('carrying.carry');
const Arrived = defineEvent<{ parcel: number }>('carrying.arrived');
const done: string[] = [];

@Injectable()
class Carries {
  run(_ctx: RequestContext, { parcel }: { parcel: number }): Promise<void> { return Promise.resolve(void done.push(`carried ${parcel}`)); }
}
@Injectable()
class Hears {
  handle(_tx: TransactionContext, { data }: Event<{ parcel: number }>): Promise<void> { return Promise.resolve(void done.push(`heard ${data.parcel}`)); }
}
@Module({ providers: [Carries, Hears] })
class CarryingModule {}
const carrying = defineModule({ id: 'carrying', version: '0.1.0', packageFolder: __dirname, nest: CarryingModule, events: [Arrived], subscribers: [on('carrying.hear', Arrived, Hears)], jobs: [does(Carry, Carries)] });

describe('work that a worker of another version does not know', () => {
  let running: TestApp;
  let warned: string[] = [];
  const worker = (plan: WorkPlan, clock = systemClock): Worker => new Worker({ url: running.database.appUrl, expireInSeconds: 60, retryLimit: 0, concurrency: 1 }, running.councils, running.get(Database), plan, running.get(ModuleRef), clock, systemIds, Object.assign(Object.create(running.log) as typeof running.log, { warn: (what: string, { kind }: { kind?: string } = {}) => void warned.push(`${what} ${kind ?? ''}`) }));
  const older = (clock = systemClock): Worker => worker(new WorkPlan([]), clock);
  const waiting = async (): Promise<{ kind: string; is_left: boolean; is_due: boolean }[]> => (await running.owner.query<{ kind: string; is_left: boolean; is_due: boolean }>(`select kind, data ? 'leftSince' as is_left, run_at <= now() as is_due from kernel.waiting_job order by kind`)).rows;
  const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 300 && !(await isTrue()); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await isTrue()).toBe(true);
  };
  const put = (parcel: number): Promise<void> => running.get(Database).run(running.context('riverbourne'), (tx) => {
    enqueue(tx, Carry, { parcel });
    publish(tx, Arrived, { parcel });
    return Promise.resolve();
  });
  beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [carrying()])] }); });
  afterAll(() => running?.close());
  beforeEach(() => {
    warned = [];
    done.splice(0);
  });

  it('is left in its line, is not due at once, is told of once by kind, and is done by the worker that knows it', async () => {
    const [old, known] = [older(), worker(running.get(WorkPlan))];
    for (const parcel of [1, 2]) await put(parcel);
    // As when a worker that knows it had put it into the queue.
    await running.owner.query(`insert into queue.job (name, data) values ('work', $1)`, [JSON.stringify({ council: running.context('riverbourne').council.id, kind: 'do:carrying.carry', together: [3, 4].map((parcel) => ({ data: { parcel }, correlationId: 'both', language: 'en' })) })]);
    await old.start();
    try {
      await until(async () => (await waiting()).filter((one) => one.is_left).length === 6);
      expect((await waiting()).map(({ kind, is_due: isDue }) => `${kind} ${isDue}`)).toEqual([...Array<string>(4).fill('do:carrying.carry false'), ...Array<string>(2).fill('on:carrying.hear false')]);
      expect(warned.sort()).toEqual(['work.nobody-does-it do:carrying.carry', 'work.nobody-does-it on:carrying.hear']);
      expect(done).toEqual([]);
      await known.start();
      // Whichever of the two takes it first: in the end it is done.
      await until(async () => {
        await running.owner.query('update kernel.waiting_job set run_at = now()');
        return done.length >= 6;
      });
    } finally {
      await old.stop();
      await known.stop();
    }
    expect(done.sort()).toEqual(['carried 1', 'carried 2', 'carried 3', 'carried 4', 'heard 1', 'heard 2']);
    expect(await new FailedWork(running.database.appUrl, running.councils.ids).count()).toEqual([]);
  });

  it('is left by a command that does all that is due, too, and fails only when nobody has known it for a week', async () => {
    const clock = new FixedClock(new Date(Date.now() + 1000));
    const old = older(clock);
    await put(5);
    expect(await old.drain()).toBe(2);
    expect(await old.drain()).toBe(0);
    clock.advance(6 * 24 * 3600);
    expect(await old.drain()).toBe(2);
    clock.advance(2 * 24 * 3600);
    await expect(old.drain()).rejects.toThrow('nobody does it');
    await old.stop();
    await running.owner.query('delete from kernel.waiting_job');
  });
});
