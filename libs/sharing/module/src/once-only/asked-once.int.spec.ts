import fc from 'fast-check';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import type { ToldValue, TypedBecause, WantedAnswer } from '@guildhall/services-contract';
import { dateAfter, ukDay, type Agreement, type Body, type Evidence } from '@guildhall/sharing-contract';
import { Remembers, type AskedFor } from '../../test/remembers';
import { holdsToo } from '../../test/second-holder';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { MayBeShared } from '../information/may-be-shared';
import { PressesSwitch } from '../information/presses-switch';
import { Links } from '../linking/links';
import { OnceOnly } from './once-only';

const SECOND = 'westmarch';
const WALKS = 30;
const ATTRIBUTES = ['address.current', 'council-tax-reduction.receives'] as const;
/** Purposes of the questions of four services: each agreement's, both together, and one beside which no agreement covers another. */
const SERVICES = [['garden-waste-concession'], ['council-tax-reduction'], ['garden-waste-concession', 'council-tax-reduction'], ['garden-waste-concession', 'assisted-collection']] as const;

/** One visit to a question; the form is left there (`leaves`), and opened again by a later visit. */
interface Visit { readonly attribute: number; readonly service: number; readonly press: 'get' | 'type' | 'leave'; readonly then: 'use' | 'leave' | 'wrong' | 'type'; readonly down: readonly string[]; readonly days: number; readonly stops: boolean }
const visit = fc.record<Visit>({
  attribute: fc.constantFrom(0, 0, 1), service: fc.nat(3), press: fc.constantFrom('get', 'get', 'get', 'type', 'leave'), then: fc.constantFrom('use', 'use', 'leave', 'wrong', 'type'),
  down: fc.subarray([HOLDER, SECOND]), days: fc.constantFrom(0, 0, 0, 1), stops: fc.constantFrom(false, false, true),
});

/** Walks through real forms of one body whose answers two others hold. */
class Walking {
  readonly remembers = new Remembers();
  readonly source: OnceOnly;
  #people = 0;
  constructor(private readonly two: TwoBodies, private readonly holders: readonly Body[], private readonly agreements: readonly Agreement[]) { this.source = two.app.get(OnceOnly); }

  /** Somebody new, whom all three know; each holder has their address, and one that they get no reduction. */
  async person(): Promise<string> {
    const { app, receiver, people } = this.two;
    const nth = ++this.#people;
    const personId = `01990000-0000-7000-8000-${String(nth).padStart(12, '0')}`;
    for (const holder of [HOLDER, SECOND]) {
      const localId = `${holder}-${nth}`;
      const { pairwise } = await app.get(Links).add(receiver, { peerId: holder, localId: personId, provenBy: 'signed-in' });
      await app.get(Links).add(app.systemContext(holder), { peerId: RECEIVER, localId, provenBy: 'signed-in', pairwise });
      const told = (attribute: Evidence['attribute'], value: Evidence['value']): Evidence => ({ attribute, value, asOf: '2026-11-01', source: 'register', verified: null });
      people.kept.set(localId, [told('address.current', valueOf(ATTRIBUTES[0])), told('council-tax-reduction.receives', valueOf(ATTRIBUTES[1]))]);
    }
    return personId;
  }

  /** Those that are down do not answer; all others do. */
  async #outage(down: readonly string[]): Promise<void> {
    const { app, receiver } = this.two;
    for (const { id, endpoint } of this.holders) await app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($3::text)) where council_id = $1 and peer_id = $2`, [receiver.council.id, id, down.includes(id) ? 'http://localhost:9/sharing' : endpoint]);
  }

  async visit(personId: string, { attribute: what, service, press, then, down, days, stops }: Visit): Promise<void> {
    const { app, clock } = this.two;
    clock.advance(days * 24 * 60 * 60 + 60);
    await this.#outage(down);
    const ctx = app.context(RECEIVER, { actor: { kind: 'resident', personId: personId as PersonId, confidence: 'low' } });
    const asked: AskedFor = { person: personId, attribute: ATTRIBUTES[what] ?? ATTRIBUTES[0], purposes: SERVICES[service] ?? SERVICES[0] };
    const wanted: WantedAnswer = { personId: personId as PersonId, attribute: asked.attribute as WantedAnswer['attribute'], purposes: asked.purposes, service: { slug: `service-${service}`, title: { en: 'A service', cy: 'Gwasanaeth' } } };
    const now = (): number => clock.now().getTime();
    const until = (duration: string): number => new Date(`${dateAfter(ukDay(clock.now()), duration)}T00:00:00Z`).getTime();
    const types = async (because: TypedBecause): Promise<void> => {
      if (!['chosen', 'wrong', 'unreachable'].includes(because)) this.remembers.isAsked(asked, now(), (agreement) => this.agreements.some(({ id, holders }) => id === agreement && holders.some((holder) => down.includes(holder))));
      const value = asked.attribute === 'address.current' ? { lines: [`${now()} Own Way`], postcode: 'ZZ99 1AA' } : true;
      await this.source.typed(ctx, wanted, { value, because });
      this.remembers.gives({ ...asked, value, until: until('P1Y') });
    };
    for (let presses = 0; presses <= asked.purposes.length; presses++) {
      const has = await this.source.look(ctx, wanted);
      if (has.told) {
        this.remembers.isShown(asked, has.told.value, now());
        if (then === 'use' || then === 'leave') return;
        if (then === 'type') return types('chosen');
        await this.source.wrong(ctx, wanted);
        const isOwn = has.told.origin.how === 'resident';
        this.remembers.forgets((one) => one.person === personId && one.attribute === asked.attribute && (!isOwn || one.agreement === undefined));
        clock.advance(1);
        return types('wrong');
      }
      if (!has.offer) return types('asked');
      if (press === 'leave') return;
      if (press === 'type') return types('chosen');
      const agreement = this.agreements.find(({ id }) => id === has.offer?.id) as Agreement;
      const got = await this.source.get(ctx, wanted, { ...has.offer, returnTo: '/services/garden-waste' });
      const isTold = got.ok || got.refusal.reason === 'words-changed';
      if (isTold) this.remembers.gives({ ...asked, value: valueOf(asked.attribute), purposes: [agreement.purpose], until: until(agreement.retention), agreement: agreement.id });
      if (!isTold) return types(got.refusal.reason as TypedBecause);
      clock.advance(1);
      if (stops) return this.#stops(ctx, personId, agreement.id);
      if (got.ok) {
        this.remembers.isShown(asked, got.value.value, now());
        return;
      }
    }
    throw new Error('It was pressed for each purpose, and nothing is told.');
  }

  async #stops(ctx: RequestContext, personId: string, agreementId: string): Promise<void> {
    const { app, clock } = this.two;
    const { shareable } = await app.get(MayBeShared).find(ctx, personId, agreementId);
    expect(await app.get(PressesSwitch).press(ctx, personId, { agreementId, state: 'withdrawn', shown: shareable.noticeDigest })).toMatchObject({ ok: true });
    this.remembers.forgets((one) => one.person === personId && one.agreement === agreementId);
    clock.advance(1);
  }
}

function valueOf(attribute: string): ToldValue { return attribute === 'address.current' ? { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' } : false; }

describe('somebody of whom two other bodies know', () => {
  let two: TwoBodies;
  let walking: Walking;
  beforeAll(async () => {
    two = await startTwoBodies({}, { thirds: [SECOND] });
    const { agreement, body } = await holdsToo(two, SECOND, { id: 'reduction', purpose: 'council-tax-reduction', attributes: ['address.current'], retention: 'P2D' });
    walking = new Walking(two, [two.bodies.holder, body], [two.agreement, agreement]);
  });
  afterAll(() => two?.close());

  it('is asked nothing twice, and nothing is used for what it was not given for, in whatever order they visit services, and whichever body is down', async () => {
    const walks = fc.sample(fc.array(visit, { minLength: 3, maxLength: 8 }), { numRuns: WALKS, seed: 20261122 });
    for (const visits of walks) {
      const personId = await walking.person();
      for (const one of visits) await walking.visit(personId, one);
    }
    expect([walking.remembers.askedTwice, walking.remembers.misused]).toEqual([0, 0]);
    // Not because nothing happened: both bodies have told, and both have been down.
    const { rows } = await two.app.owner.query<{ figure: string }>('select distinct figure from sharing.asking_figure order by figure');
    expect(rows.map(({ figure }) => figure)).toEqual(['asked-because-unreachable', 'told', 'typed']);
    expect((await two.app.owner.query('select distinct told_by from sharing.evidence where told_by is not null')).rows).toHaveLength(2);
  });
});
