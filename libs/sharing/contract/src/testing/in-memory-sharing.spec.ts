import { testConformance, type PersonId } from '@guildhall/kernel-contract';
import { FixedClock, testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import type { CouncilId } from '@guildhall/kernel-contract';
import { agreementBetween, riverbourneAndAldermoor } from './example';
import { InMemorySharing, sharingKit, type SharingHarness } from './index';

const PERSON = '01990000-0000-7000-8000-0000000000a1' as PersonId;

testConformance(sharingKit, { describe, it }, { open: async (): Promise<SharingHarness> => {
  const clock = new FixedClock();
  const api = new InMemorySharing(clock);
  const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
  const { choice, ...agreement } = agreementBetween(receiver, holder, vocabulary);
  const ctx = testContext();
  api.agree(ctx, { ...agreement, choice: choice.mode });
  api.link(ctx, PERSON, holder.id, [
    { attribute: 'address.current', value: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' }, asOf: '2026-11-01', source: 'register', verified: null }, { attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'register', verified: null },
  ]);
  return {
    api, as: (actor) => testContext({ actor }), elsewhere: (actor) => testContext({ actor, council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId }) }),
    person: PERSON, stranger: '01990000-0000-7000-8000-0000000000b1' as PersonId, agreement: agreement.id, holder: holder.id, agreed: 'address.current', notAgreed: 'care.receives',
    choose: async (state) => { clock.advance(1); await Promise.resolve(api.choose(ctx, PERSON, agreement.id, state)); }, reach: async (isReachable) => { api.isUnreachable = await Promise.resolve(!isReachable); },
  };
} });
