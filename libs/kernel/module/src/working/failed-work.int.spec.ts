import { Injectable, Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { defineJob, type RequestContext } from '@guildhall/kernel-contract';
import { Database, defineModule, does, enqueue } from '../index';
import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';
import { systemClock, systemIds } from './clock';
import { FailedWork } from './failed-work';
import { WorkPlan } from './work-plan';
import { Worker } from './worker';

const Send = defineJob<{ letter: number }>('posting.send');
const sent: string[] = [];
let isDown = true;

@Injectable()
class SendLetter {
  run(ctx: RequestContext, { letter }: { letter: number }): Promise<void> {
    if (isDown) return Promise.reject(new Error('The post office is shut.'));
    sent.push(`${ctx.council.slug} ${letter} ${ctx.correlationId}`);
    return Promise.resolve();
  }
}
@Module({ providers: [SendLetter] })
class PostingModule {}
const posting = defineModule({ id: 'posting', version: '0.1.0', packageFolder: __dirname, nest: PostingModule, jobs: [does(Send, SendLetter)] });

describe('work that failed as often as it is tried', () => {
  let running: TestApp;
  let failed: FailedWork;
  const gauge = async (): Promise<string | undefined> => /guildhall_jobs_failed\{.*\} \d+/.exec((await running.visitor().request('/metrics')).text)?.[0];
  beforeAll(async () => {
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [posting()]), testCouncilDefinition('glanafon', 2, [posting()])] });
    failed = running.get(FailedWork);
    const worker = new Worker({ url: running.database.appUrl, expireInSeconds: 60, retryLimit: 0, concurrency: 1 }, running.councils, running.get(Database), running.get(WorkPlan), running.get(ModuleRef), systemClock, systemIds, running.log);
    for (const [slug, letter] of [['riverbourne', 1], ['riverbourne', 2], ['glanafon', 3]] as const) await running.get(Database).run(running.context(slug), (tx) => Promise.resolve(enqueue(tx, Send, { letter })));
    await worker.start();
    for (let tries = 0; tries < 200 && (await failed.count())[0]?.count !== 3; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    await worker.stop();
  });
  afterAll(() => running.close());

  it('is counted by kind, for Prometheus too', async () => {
    expect(await failed.count()).toEqual([{ kind: 'do:posting.send', count: 3 }]);
    expect(await gauge()).toBe('guildhall_jobs_failed{kind="do:posting.send"} 3');
  });

  it('is left alone by an app that does not serve its council', async () => {
    const other = new FailedWork(running.database.appUrl, ['01990000-0000-7000-8000-00000000dead']);
    expect(await other.count()).toEqual([]);
    expect(await other.retry(new Date())).toBe(0);
  });

  it('goes back into its council\'s line, once, and is done when the cause is mended', async () => {
    isDown = false;
    expect(await failed.retry(new Date())).toBe(3);
    expect(await failed.retry(new Date())).toBe(0);
    expect(await gauge()).toBeUndefined();
    await running.drainJobs();
    expect(sent.sort()).toEqual(['glanafon 3 test', 'riverbourne 1 test', 'riverbourne 2 test']);
  });

  it('goes back piece by piece where several were to be done together', async () => {
    const works = [4, 5].map((letter) => ({ data: { letter }, correlationId: 'both', language: 'en' }));
    await running.owner.query(`insert into queue.job (name, data) values ('work-failed', $1)`, [JSON.stringify({ council: running.context('riverbourne').council.id, kind: 'do:posting.send', together: works })]);
    expect(await failed.count()).toEqual([{ kind: 'do:posting.send', count: 2 }]);
    expect(await failed.retry(new Date())).toBe(2);
    await running.drainJobs();
    expect(sent.slice(-2).sort()).toEqual(['riverbourne 4 both', 'riverbourne 5 both']);
  });

  it('spoils no other figure when the database cannot be asked', async () => {
    await running.owner.query('revoke select on all tables in schema queue from guildhall_work');
    const { status, text } = await running.visitor().request('/metrics');
    expect([status, text.includes('http_request_duration_seconds'), text.includes('guildhall_jobs_failed{')]).toEqual([200, true, false]);
  });
});
