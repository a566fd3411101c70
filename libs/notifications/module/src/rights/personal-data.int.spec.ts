import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA } from '@guildhall/information-rights-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { NOTIFICATIONS, messageOf, type NotificationsApi } from '@guildhall/notifications-contract';
import { kitOrdinary, kitTemplates } from '@guildhall/notifications-contract/testing';
import { FarEnd, kitPack, knowsPeople } from '../../test/council';
import { notifications } from '../index';
import { MessagesOfPerson } from './personal-data';

describe('a message that went to a mailbox before anybody knew whose it was', () => {
  const clock = new FixedClock('2026-11-23T12:00:00Z');
  const ids = new SeededIds(47);
  const identity = new InMemoryIdentity(clock, ids);
  let running: TestApp;
  beforeAll(async () => { running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [notifications({ providers: [new FarEnd().provider()] }), kitPack(kitTemplates), knowsPeople(identity)])], clock }); });
  afterAll(() => running?.close());

  it('is not said to be erased while it is there: of somebody who has another address since they asked, it is kept', async () => {
    const ctx = running.context('riverbourne', { actor: { kind: 'system', job: 'erases', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } });
    const personId = ids.uuid() as PersonId;
    const source = running.get(MessagesOfPerson);
    const [before, after] = ['ann@riverbourne.example', 'ann@elsewhere.example'];
    const message = messageOf(kitOrdinary, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { name: 'Ann', email: before }, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } });
    await running.get<NotificationsApi>(NOTIFICATIONS.token).send(running.systemContext(), message);
    await running.drainJobs();
    identity.addPerson(ctx, { personId, name: 'Ann', email: before });
    const listed: string[] = [];
    for await (const { id } of source.read(ctx, personId)) listed.push(id);
    expect(listed).toEqual([message.messageId]);
    const tried: [boolean, number][] = [];
    for (const email of [after, before, before]) {
      identity.addPerson(ctx, { personId, name: 'Ann', email });
      const isErased = await source.erase(ctx, personId, message.messageId);
      tried.push([isErased, (await running.owner.query('select from notifications.message')).rows.length]);
    }
    expect(tried).toEqual([[false, 1], [true, 0], [true, 0]]);
  });
});
