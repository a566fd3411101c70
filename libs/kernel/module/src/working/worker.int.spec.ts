import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Injectable, Module } from '@nestjs/common';
import { defineEvent, defineJob, type Event, type EventAmongOthers, type EventHandler, type JobAmongOthers, type JobHandler, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { Client } from 'pg';
import { Database, audit, defineModule, does, enqueue, on, onBehalfOf, publish } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';
import { NUDGE_CHANNEL, Nudger, Worker } from './worker';

const Count = defineJob<{ name: string }>('counting.count');
const done: string[] = [];
let failures = 0;
let refused = 0;

@Injectable()
class CountUp {
  async run(ctx: RequestContext, { name }: { name: string }): Promise<void> {
    if (name === 'stumbling' && failures++ < 1) throw new Error('stumbled');
    if (name === 'hopeless') {
      refused++;
      throw new Error('as always');
    }
    if (name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 1500));
    done.push(`${ctx.council.slug} ${name}`);
  }
}

const Gather = defineJob<{ name: string }>('counting.gather');
const gathered: string[][] = [];
let spoiled = 0;

@Injectable()
class GatherUp implements JobHandler<{ name: string }> {
  readonly together = { most: () => 10, run: (jobs: readonly JobAmongOthers<{ name: string }>[]): Promise<void> => this.gather(jobs.map(({ data }) => data.name)) };
  run(_ctx: RequestContext, { name }: { name: string }): Promise<void> {
    return this.gather([name]);
  }

  private gather(names: string[]): Promise<void> {
    if (names.includes('spoiled') && spoiled++ < 2) return Promise.reject(new Error('spoiled'));
    gathered.push(names);
    return Promise.resolve();
  }
}

const Rung = defineEvent<{ name: string }>('counting.rung');
const heard: number[] = [];
let upset = 0;

@Injectable()
class HearTogether implements EventHandler<{ name: string }> {
  readonly together = { most: 10, handle: (events: readonly EventAmongOthers<{ name: string }>[]): Promise<void> => this.hear(events) };
  handle(tx: TransactionContext, event: Event<{ name: string }>): Promise<void> {
    return this.hear([{ tx, event }]);
  }

  private hear(events: readonly EventAmongOthers<{ name: string }>[]): Promise<void> {
    heard.push(events.length);
    for (const { tx, event } of events) audit(tx, { action: 'counting.heard', subject: { type: 'bell', id: event.data.name } });
    return events.some(({ event }) => event.data.name === 'cracked') && upset++ < 2 ? Promise.reject(new Error('cracked')) : Promise.resolve();
  }
}
@Module({ providers: [CountUp, GatherUp, HearTogether] })
class CountingModule {}
const counting = defineModule({ id: 'counting', version: '0.1.0', packageFolder: __dirname, nest: CountingModule, events: [Rung], subscribers: [on('counting.hear', Rung, HearTogether)], jobs: [does(Count, CountUp), does(Gather, GatherUp)] });

describe('a worker', () => {
  let running: TestApp;
  const send = (slug: string, names: readonly string[], runAt?: Date): Promise<void> => running.get(Database).run(running.context(slug), (tx) => {
    for (const name of names) enqueue(tx, Count, { name }, { runAt });
    return Promise.resolve();
  });
  const until = async (isTrue: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 300 && !isTrue(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isTrue()).toBe(true);
  };
  beforeAll(async () => {
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [counting()]), testCouncilDefinition('glanafon', 2, [counting()])], jobExpiryInSeconds: 5 });
    await running.get(Worker).start();
  });
  afterAll(async () => {
    await running.get(Worker).stop();
    await running.close();
  });
  beforeEach(() => done.splice(0));

  it('does what was put in, for the council that put it in', async () => {
    await send('glanafon', ['a']);
    await until(() => done.includes('glanafon a'));
  });

  it('gives every council its turn: one that floods the line does not delay another for long', async () => {
    await send('riverbourne', Array.from({ length: 700 }, (_, i) => `flood ${i}`));
    await send('glanafon', ['urgent']);
    await until(() => done.includes('glanafon urgent'));
    expect(done.indexOf('glanafon urgent')).toBeLessThan(600);
    await until(() => done.length === 701);
  });

  it('does several together where their handler wants that, never more than it takes at once, and each by itself when they fail together', async () => {
    const gather = (names: readonly string[]): Promise<void> => running.get(Database).run(running.context('riverbourne'), (tx) => {
      for (const name of names) enqueue(tx, Gather, { name });
      return Promise.resolve();
    });
    const names = Array.from({ length: 120 }, (_, i) => `g${i}`);
    await gather(names);
    await until(() => gathered.flat().length === 120);
    expect(gathered.flat().sort()).toEqual([...names].sort());
    expect(Math.max(...gathered.map(({ length }) => length))).toBe(10);
    gathered.splice(0);
    await gather(['a', 'spoiled', 'b']);
    await until(() => gathered.flat().length === 3);
    expect(gathered.map(([name]) => name).sort()).toEqual(['a', 'b', 'spoiled']);
    expect(gathered.at(-1)).toEqual(['spoiled']);
    expect(spoiled).toBe(3);
  });

  it('does each by itself when a worker was killed with several, or did not get them done in time: which of them it was is not known', async () => {
    gathered.splice(0);
    const together = ['x', 'y', 'z'].map((name) => ({ data: { name }, correlationId: 'again', language: 'en' }));
    await running.owner.query(`insert into queue.job (name, data, state, retry_count, retry_limit) values ('work', $1, 'retry', 1, 12)`, [JSON.stringify({ council: running.context('riverbourne').council.id, kind: 'do:counting.gather', together })]);
    await until(() => gathered.length === 3);
    expect(gathered.map((names) => names.join()).sort()).toEqual(['x', 'y', 'z']);
  });

  it('has events handled together where their subscriber wants that, each once and as what led to it, also when one of them fails', async () => {
    const db = running.get(Database);
    const ctx = running.context('riverbourne');
    const names = [...Array.from({ length: 30 }, (_, i) => `bell ${i}`), 'cracked'];
    await db.run(ctx, (tx) => {
      for (const name of names) publish(onBehalfOf(tx, { ...ctx, correlationId: `of ${name}` }), Rung, { name });
      return Promise.resolve();
    });
    const audited = async (): Promise<{ name: string; correlation: string }[]> => (await running.owner.query<{ name: string; correlation: string }>(`select subject_id as name, correlation_id as correlation from kernel.audit where action = 'counting.heard' order by subject_id`)).rows;
    for (let tries = 0; tries < 300 && (await audited()).length < names.length; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await audited()).toEqual([...names].sort().map((name) => ({ name, correlation: `of ${name}` })));
    expect(Math.max(...heard)).toBe(10);
    const { rows: events } = await running.owner.query<{ id: string; at: string; data: object }>(`select event_id as id, at, data from kernel.event where type = 'counting.rung'`);
    const again = events.map((event) => ({ event: { ...event, type: 'counting.rung' }, correlationId: 'again', language: 'en' }));
    await running.owner.query(`insert into queue.job (name, data) values ('work', $1)`, [JSON.stringify({ council: ctx.council.id, kind: 'on:counting.hear', together: again })]);
    for (let tries = 0; tries < 300 && (await running.owner.query(`select from queue.job where name = 'work' and state < 'completed' and data ->> 'kind' = 'on:counting.hear'`)).rows.length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await audited()).toHaveLength(names.length);
  });

  it('tries again after a failure', async () => {
    await send('riverbourne', ['stumbling']);
    await until(() => done.includes('riverbourne stumbling'));
    expect(failures).toBe(2);
  });

  it('does slow work once, however much of it was queued together', async () => {
    await send('riverbourne', Array.from({ length: 10 }, (_, i) => `slow ${i}`));
    await until(() => new Set(done).size === 10);
    // What had expired meanwhile would be in the queue again.
    const { rows } = await running.owner.query(`select data ->> 'kind' as kind, state::text, retry_count from queue.job where name = 'work' and (state < 'completed' or retry_count > 0) and data -> 'data' -> 'data' ->> 'name' like 'slow%'`);
    expect(rows).toEqual([]);
    expect(done).toHaveLength(10);
  });

  it('gives every council its turn when all work of one fails: neither what waits to be tried again nor what is due again stands before the others', async () => {
    await send('riverbourne', Array.from({ length: 600 }, () => 'hopeless'));
    await until(() => refused >= 500);
    const tryAgain = (at: string): Promise<unknown> => running.owner.query(`update queue.job set start_after = ${at} where name = 'work' and state = 'retry'`);
    await tryAgain(`now() + interval '1 hour'`);
    await send('glanafon', ['beside']);
    await until(() => done.includes('glanafon beside'));
    await until(() => refused >= 600);
    await tryAgain('now()');
    const before = refused;
    await send('glanafon', ['before']);
    await until(() => done.includes('glanafon before'));
    expect(refused - before).toBeLessThan(300);
    await running.owner.query(`delete from queue.job where name = 'work' and state < 'completed'`);
  });

  it('leaves work for later until it is time', async () => {
    await send('riverbourne', ['later'], new Date(Date.now() + 3_600_000));
    await send('riverbourne', ['now']);
    await until(() => done.includes('riverbourne now'));
    expect(done).not.toContain('riverbourne later');
  });

  it('makes one connection for its nudges, however long that takes', async () => {
    const { hostname, port } = new URL(running.database.appUrl);
    let made = 0;
    let saysNudged = (): void => undefined;
    const nudged = new Promise<void>((resolve) => (saysNudged = resolve));
    const sockets = new Set<Socket>();
    const slow = createServer((near) => {
      made++;
      const far = connect(Number(port), hostname);
      for (const [from, to] of [[near, far], [far, near]] as const) {
        sockets.add(from.on('error', () => undefined).on('close', () => to.destroy()));
        from.pause();
      }
      setTimeout(() => void near.pipe(far).pipe(near), 300);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const listener = new Client({ connectionString: running.database.appUrl });
    await listener.connect();
    await listener.query(`listen ${NUDGE_CHANNEL}`);
    let count = 0;
    listener.on('notification', () => { if (++count === 2) saysNudged(); });
    const nudger = new Nudger(Object.assign(new URL(running.database.appUrl), { host: `127.0.0.1:${(slow.address() as AddressInfo).port}` }).href, () => undefined);
    nudger.nudge();
    await new Promise((resolve) => setTimeout(resolve, 120));
    nudger.nudge();
    await nudged;
    await nudger.close();
    await listener.end();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => slow.close(resolve));
    expect(made).toBe(1);
  });

  it('leaves no connection behind that was still being made when its server stopped', async () => {
    const connections = async (): Promise<unknown> => (await running.owner.query(`select count(*)::int as n from pg_stat_activity where application_name = 'guildhall nudge' and datname = current_database()`)).rows;
    const before = await connections();
    await new Promise<void>((resolve) => {
      const nudger = new Nudger(running.database.appUrl, () => queueMicrotask(() => void nudger.close().then(resolve)));
      nudger.nudge();
    });
    // The time that a connection takes for which nobody waits.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await connections()).toEqual(before);
  });
});
