import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '@guildhall/kernel/testing';
import { choiceScope, signRequest, type Choice, type NamedKey } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { PAT, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { Choices } from './choices';

describe('a choice that is made at one body', () => {
  let two: TwoBodies;
  beforeEach(async () => { two = await startTwoBodies(); });
  afterEach(() => two?.close());

  const known = async (where: 'receiver' | 'holder') => two.app.get(Choices).find(where === 'receiver' ? two.receiver : two.holder, PAT[where === 'receiver' ? 'riverbourne' : 'aldermoor'], two.agreement.id);
  const toHolder = (reachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, reachable ? two.bodies.holder.endpoint : 'http://localhost:9/sharing']);
  const send = async (choice: Partial<Choice> = {}, { by = two.app.get(OwnNode).signer(two.receiver), tag = 'guildhall-choice' as 'guildhall-choice' | 'guildhall-exchange' }: { by?: NamedKey; tag?: 'guildhall-choice' | 'guildhall-exchange' } = {}) => {
    const link = await two.app.get(Links).ofPerson(two.receiver, 'aldermoor', PAT.riverbourne);
    const body = JSON.stringify({ agreement: two.agreement.id, subject: link?.pairwise, state: 'given', at: two.clock.now().toISOString(), scope: choiceScope(two.agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'cy', by: 'resident', ...choice });
    const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/choices`, body }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
    return () => two.app.visitor('aldermoor').request('/sharing/choices', { method: 'POST', headers: message.fields as Record<string, string>, body });
  };

  it('counts there at once, and at the other body as soon as its worker has told it, once', async () => {
    await two.choose('given');
    expect(await known('receiver')).toMatchObject({ state: 'given' });
    expect(await known('holder')).toBeUndefined();
    await two.app.drainJobs();
    expect(await known('holder')).toMatchObject({ state: 'given', at: two.clock.now().toISOString() });
    two.clock.advance(60);
    await two.choose('withdrawn', 'holder');
    await two.app.drainJobs();
    expect(await known('receiver')).toMatchObject({ state: 'withdrawn' });
    expect((await two.entries('receiver')).map(({ kind, peer }) => [kind, peer])).toEqual([['choice-given', null], ['choice-withdrawn', 'aldermoor']]);
    expect((await two.entries('holder')).map(({ kind, peer }) => [kind, peer])).toEqual([['choice-given', 'riverbourne'], ['choice-withdrawn', null]]);
  });
  it('is told later when the other body does not answer: nothing of it is lost', async () => {
    await toHolder(false);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    expect(await known('holder')).toBeUndefined();
    await toHolder(true);
    for (let minutes = 0; minutes < 24 * 60 && !(await known('holder')); minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    expect(await known('holder')).toMatchObject({ state: 'withdrawn' });
  });
  /** Has whatever stands at this address answer for the holder, as anybody's proxy may. */
  const standIn = async (status: number): Promise<() => Promise<void>> => {
    const server = createServer((_request, response) => { response.writeHead(status, { 'content-type': 'application/json' }).end('{"taken":true,"unknown":"subject"}'); }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    await sql(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, two.receiver.council.id, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return async () => {
      server.closeAllConnections();
      server.close();
      await toHolder(true);
    };
  };
  const sql = (text: string, ...values: readonly unknown[]): Promise<unknown> => two.app.owner.query(text, [...values]);
  it.each<readonly [string, () => Promise<() => Promise<unknown>>]>([
    ['is not known at the moment, because the list that names it has run out', async () => {
      await sql(`update sharing.peer set list_id = 'gone', known_until = '2026-01-01' where council_id = $1`, two.receiver.council.id);
      return () => sql('update sharing.peer set list_id = null, known_until = null');
    }],
    ['does not know the newest key yet', async () => {
      await sql(`update sharing.peer set body = jsonb_set(body, '{keys,0,keyid}', '"riverbourne#old"') where council_id = $1`, two.holder.council.id);
      return () => sql(`update sharing.peer set body = jsonb_set(body, '{keys,0,keyid}', '"riverbourne#2026-1"') where council_id = $1`, two.holder.council.id);
    }],
    ['does not have the agreement yet', async () => {
      await sql(`update sharing.agreement set agreement_id = 'not-yet' where council_id = $1`, two.holder.council.id);
      return () => sql(`update sharing.agreement set agreement_id = $2 where council_id = $1`, two.holder.council.id, two.agreement.id);
    }],
    ['has a proxy before it that says that all is well', () => standIn(200)], ['has a proxy before it that knows nothing', () => standIn(404)],
  ])('is told again and again while the other body %s', async (_what, hinder) => {
    const mend = await hinder();
    await two.choose('withdrawn');
    for (let days = 0; days < 3; days++) {
      await two.app.drainJobs();
      two.clock.advance(24 * 60 * 60);
    }
    expect(await known('holder')).toBeUndefined();
    await mend();
    await two.app.drainJobs();
    expect(await known('holder')).toMatchObject({ state: 'withdrawn' });
  });
  it('is not told any more to a body that says, signed, that it knows nobody of that name', async () => {
    await sql('delete from sharing.link where council_id = $1', two.holder.council.id);
    await two.choose('withdrawn');
    await two.app.drainJobs();
    const { rows } = await two.app.owner.query(`select 1 from kernel.waiting_job where kind like '%sharing.tell-choice'`);
    expect(rows).toEqual([]);
    expect(two.app.log.lines.filter((line) => JSON.stringify(line).includes('sharing.choice-not-taken'))).toHaveLength(1);
  });
  it('takes the place of an earlier one, in whichever order they arrive', async () => {
    const at = (seconds: number): string => new Date(two.clock.now().getTime() + seconds * 1000).toISOString();
    expect((await (await send({ state: 'withdrawn', at: at(10) }))()).status).toBe(200);
    expect((await (await send({ state: 'given', at: at(5) }))()).status).toBe(200);
    expect(await known('holder')).toMatchObject({ state: 'withdrawn', at: at(10) });
  });
  it.each<readonly [string, () => Promise<() => Promise<Answer>>, number]>([
    ['that is signed for something else', () => send({}, { tag: 'guildhall-exchange' }), 401],
    ['by another key of that name', () => send({}, { by: bodyNamed('riverbourne', 'Riverbourne').signer }), 401],
    ['by a body that is not known', () => send({}, { by: bodyNamed('stranger', 'Stranger').signer }), 401],
    ['from the future, which would outlive every later one', () => send({ at: '2027-01-01T00:00:00Z' }), 400],
    ['of somebody who is not known by that name', () => send({ subject: `pw:${'x'.repeat(32)}` }), 404],
    ['of an agreement that there is not', () => send({ agreement: 'another' }), 404],
    ['that is none', () => send({ state: 'maybe' as 'given' }), 400],
  ])('is not taken from a message %s', async (_what, message, status) => {
    const answer = await (await message())();
    expect({ status: answer.status, isSigned: answer.headers['signature-input']?.includes('tag="guildhall-choice"') }).toEqual({ status, isSigned: true });
    expect(await known('holder')).toBeUndefined();
    expect(await two.entries('holder')).toEqual([]);
  });
  it('is not taken twice from one message, also when another was made meanwhile', async () => {
    const again = await send({ state: 'given' });
    expect((await again()).status).toBe(200);
    two.clock.advance(1);
    await two.choose('withdrawn', 'holder');
    expect((await again()).status).toBe(200);
    expect(await known('holder')).toMatchObject({ state: 'withdrawn' });
    expect((await two.entries('holder')).map(({ kind }) => kind)).toEqual(['choice-given', 'choice-withdrawn']);
  });
  it('is said to the body with which it is shared, by the name that the two have, and to no other', async () => {
    const link = await two.app.get(Links).ofPerson(two.receiver, 'aldermoor', PAT.riverbourne);
    const ask = async (content: object, by: NamedKey = two.app.get(OwnNode).signer(two.receiver), path = 'choices/standing') => {
      const body = JSON.stringify(content);
      const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/${path}`, body }, by, { tag: 'guildhall-choice', created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
      const answer = await two.app.visitor('aldermoor').request('/sharing/choices/standing', { method: 'POST', headers: message.fields as Record<string, string>, body });
      return [answer.status, answer.json<{ choice?: unknown }>().choice];
    };
    const question = { agreement: two.agreement.id, subject: link?.pairwise };
    expect(await ask(question)).toEqual([200, null]);
    await two.choose('withdrawn', 'holder');
    expect(await ask(question)).toEqual([200, { state: 'withdrawn', at: two.clock.now().toISOString() }]);
    for (const [answer, status] of [
      [await ask(question, bodyNamed('riverbourne', 'Riverbourne').signer), 401], [await ask(question, bodyNamed('stranger', 'Stranger').signer), 401], [await ask(question, undefined, 'choices'), 401],
      [await ask({ ...question, subject: `pw:${'x'.repeat(32)}` }), 404], [await ask({ ...question, agreement: 'another' }), 404], [await ask({ ...question, name: 'Pat' }), 400],
    ] as const) expect(answer).toEqual([status, undefined]);
  });
  it('is nowhere by name: not in the log of the process, not in jobs', async () => {
    await two.choose('given');
    const { rows } = await two.app.owner.query<{ data: string }>('select data::text as data from kernel.waiting_job union all select data::text from queue.job');
    expect(JSON.stringify([rows, two.app.log.lines])).not.toMatch(new RegExp(`${PAT.riverbourne}|${PAT.aldermoor}|pw:`));
    expect(rows.length).toBeGreaterThan(0);
  });
});
