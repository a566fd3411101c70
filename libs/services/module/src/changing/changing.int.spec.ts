import { randomUUID } from 'node:crypto';
import { Database, extensionsOf, publish } from '@guildhall/kernel';
import type { PersonId } from '@guildhall/kernel-contract';
import type { Service } from '@guildhall/services-contract';
import { CHANGE_TAKER, InformationCorrected, type AttributeId } from '@guildhall/sharing-contract';
import { startServicesApp, type ServicesApp } from '../../test/council';
import { hedgehogAid } from '../../test/hedgehog-aid';

const text = (en: string) => ({ en, cy: `${en} (cy)` });
const COUNTY = { en: 'Aldermoor County', cy: 'Sir Aldermoor' };

describe('an answer that is not so any more', () => {
  let running: ServicesApp;
  beforeAll(async () => { running = await startServicesApp({ more: [hedgehogAid as Service] }); });
  afterAll(() => running?.app.close());

  const opened = async (personId: string, { caseType = 'hedgehog-aid', origin }: { readonly caseType?: string; readonly origin?: object } = {}): Promise<string> => {
    const caseId = randomUUID();
    const found = await running.cases.open(running.app.systemContext(), {
      caseId, caseType, summary: text('Aid'), idempotencyKey: `open-${caseId}`, openedFor: { personId },
      answers: [{ section: text('You'), question: text('Are you a member?'), answer: text('Yes'), code: 'isMember', ...(origin && { origin: origin as never }) }, { section: text('You'), question: text('Where do you live?'), answer: '1 Weir Lane', code: 'home' }],
    });
    expect(found.ok).toBe(true);
    return caseId;
  };
  const noted = async (caseId: string) => {
    const ctx = running.app.systemContext();
    const [found, { items }] = await Promise.all([running.cases.find(ctx, { caseId }), running.cases.timeline(ctx, { caseId })]);
    return { needsAttention: found?.staff?.needsAttention ?? false, notes: items.filter(({ kind }) => kind === 'note').map(({ text: words }) => words) };
  };
  const told = (bodyId?: string) => ({ how: 'told', by: COUNTY, asAt: '2026-11-01', ...(bodyId && { bodyId }) });

  it('because another body has put it right is noted on the cases that were answered with it, and on no other', async () => {
    const [kim, lee] = [randomUUID(), randomUUID()];
    const [theirs, older, typed, anothers, otherPersons] = [await opened(kim, { origin: told('aldermoor') }), await opened(kim, { origin: told() }), await opened(kim, { origin: { how: 'resident' } }), await opened(kim, { origin: told('glanafon') }), await opened(lee, { origin: told('aldermoor') })];
    await running.app.get(Database).run(running.app.systemContext(), (tx) => Promise.resolve(publish(tx, InformationCorrected, { personId: kim as PersonId, attribute: 'hedgehogs.member' as AttributeId, by: 'aldermoor' })));
    await running.app.drainJobs();
    const note = (who: string) => ({ needsAttention: true, notes: [`${who} has put right what it told us for “Are you a member?”. The answer on this case is from before. Ask for it again, and look whether what was decided still holds.`] });
    expect([await noted(theirs), await noted(older)]).toEqual([note('Aldermoor County'), note('Another body')]);
    for (const caseId of [typed, anothers, otherPersons]) expect(await noted(caseId)).toEqual({ needsAttention: false, notes: [] });
  });

  it('because they have moved is noted on their open cases of services that ask where they live, once, and the services are named to them', async () => {
    const kim = randomUUID() as PersonId;
    const [aid, houses] = [await opened(kim), await opened(kim, { caseType: 'hedgehog-houses' })];
    const ctx = running.app.systemContext();
    const taker = extensionsOf(ctx, CHANGE_TAKER).find(({ id }) => id === 'services.open-cases');
    const change = { changeId: randomUUID(), personId: kim, from: null, evidence: { attribute: 'address.current' as const, value: { lines: ['3 Weir Lane'], postcode: 'ZZ99 1AC' }, asOf: '2026-11-22', source: 'resident', verified: null } };
    for (let time = 0; time < 2; time++) await taker?.take(ctx, change);
    expect(await noted(aid)).toEqual({ needsAttention: true, notes: ['They have told us that they live at 3 Weir Lane, ZZ99 1AC now. This case may need their new address.'] });
    expect(await noted(houses)).toEqual({ needsAttention: false, notes: [] });
    // What another body told stands on no case: only that they have moved.
    const lee = randomUUID() as PersonId;
    const theirs = await opened(lee);
    await taker?.take(ctx, { ...change, changeId: randomUUID(), personId: lee, from: COUNTY.en });
    expect(await noted(theirs)).toEqual({ needsAttention: true, notes: ['They have told Aldermoor County, which told us, that they have moved. This case may need their new address.'] });
    const resident = (personId: string) => running.app.context('riverbourne', { actor: { kind: 'resident', personId: personId as PersonId, confidence: 'low' } });
    expect(await taker?.titlesFor?.(resident(kim), kim, 'address.current')).toEqual([text('Hedgehog aid')]);
    expect(await taker?.titlesFor?.(resident(randomUUID()), randomUUID() as PersonId, 'address.current')).toEqual([]);
  });
});
