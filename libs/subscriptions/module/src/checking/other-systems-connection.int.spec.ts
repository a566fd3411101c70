import { SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { subscriptions } from '../index';
import { OtherSystemsConnection } from './other-systems-connection';

const ids = new SeededIds(3);
let running: TestApp;
beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [subscriptions()])] }); });
afterAll(() => running?.close());

async function add(title: string, state: string, changes = ''): Promise<string> {
  const id = ids.uuid();
  await running.owner.query(`insert into subscriptions.subscription (council_id, subscription_id, title, url, event_types, state, disabled_because, created_at, failing_since) values ($1, $2, $3, 'https://hooks.riverbourne.example/', '{*}', $4, $5, now(), ${changes || 'null'})`, [running.context().council.id, id, title, state, state === 'disabled' ? 'gone' : null]);
  return id;
}
const check = () => running.get(OtherSystemsConnection).check(running.systemContext());

describe('what doctor says of other systems', () => {
  it('is that none is told, that all are, and which are in trouble', async () => {
    expect(await check()).toEqual({ ok: true, message: 'No other system is told anything.' });
    const id = await add('Bin lorries', 'active');
    expect(await check()).toEqual({ ok: true, message: 'What happens arrives at the other system that is told.' });
    await add('Archive', 'paused');
    expect(await check()).toEqual({ ok: true, message: 'What happens arrives at all 2 other systems that are told.' });
    await running.owner.query(`insert into subscriptions.message (council_id, event_id, type, version, subject, data, at) values ($1, $2, 'cases.case-opened', 1, 'x', '{}', now())`, [running.context().council.id, id]);
    await running.owner.query(`insert into subscriptions.delivery (council_id, subscription_id, event_id, state, next_try_at, created_at, settled_at) values ($1, $2, $2, 'dead', now(), now(), now())`, [running.context().council.id, id]);
    await add('Warehouse', 'disabled');
    await add('Post room', 'active', 'now()');
    expect(await check()).toEqual({ ok: false, message: '“Warehouse” is stopped, “Post room” does not answer, 1 message was given up. See “Other systems” on the desk: mend the cause, then resume the system and send again what it lacks.' });
  });
});
