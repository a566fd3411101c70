import fc from 'fast-check';
import { done, refused, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import type { ToldValue, TypedBecause, WantedAnswer } from '@guildhall/services-contract';
import { choiceScope, type ChoiceState } from '@guildhall/sharing-contract';
import { agreementBetween, riverbourneAndAldermoor } from '@guildhall/sharing-contract/testing';
import { Remembers, type AskedFor } from '../../test/remembers';
import type { Question } from '../asking/asks-exchange';
import type { AskingFigure, StoredEvidence, TypedEvidence } from '../evidence/evidence-store';
import type { Hearing } from '../choosing/hears-choice';
import type { KeptAgreement } from '../knowing/agreements';
import { FindsAnswers } from './finds-answers';
import { OnceOnly } from './once-only';
import { OnceWords } from './once-words';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const ctx = { language: 'en' } as RequestContext;
const DAY = 24 * 60 * 60;
const PEOPLE = ['pat', 'kim'] as const;
const ATTRIBUTES = ['address.current', 'council-tax-reduction.receives'] as const;
/** Purposes of the questions of five services: some share one, no agreement covers one of them, and one needs two agreements. */
const SERVICES = [['garden-waste-concession'], ['garden-waste-concession', 'assisted-collection'], ['council-tax-reduction'], ['assisted-collection'], ['garden-waste-concession', 'council-tax-reduction']] as const;
const AGREEMENTS: readonly KeptAgreement[] = [
  { document: agreementBetween(receiver, holder, vocabulary), missing: [], objections: [], vocabulary },
  { document: agreementBetween(receiver, holder, vocabulary, { id: 'reduction', purpose: 'council-tax-reduction', attributes: ['address.current'], retention: 'P30D' }), missing: [], objections: [], vocabulary },
];

/** One visit to a question: who, where, what they would press, and how the other body is. */
interface Visit { readonly person: number; readonly attribute: number; readonly service: number; readonly press: 'get' | 'type'; readonly then: 'use' | 'wrong' | 'type'; readonly holder: 'up' | 'down' | 'refuses' | 'knows-nothing'; readonly days: number; readonly stops: boolean }

const visit = fc.record<Visit>({
  person: fc.nat(1), attribute: fc.nat(1), service: fc.nat(4), press: fc.constantFrom('get', 'get', 'get', 'type'), then: fc.constantFrom('use', 'use', 'use', 'wrong', 'type'),
  holder: fc.constantFrom('up', 'up', 'down', 'refuses', 'knows-nothing'), days: fc.constantFrom(0, 0, 1, 20, 400), stops: fc.boolean(),
});

/** This body in memory: what it keeps, what people have said, and another body that answers as it is told to. */
class World {
  readonly clock = new FixedClock(new Date('2026-04-02T09:00:00Z'));
  kept: (StoredEvidence & { readonly person: string })[] = [];
  readonly choices = new Map<string, ChoiceState>();
  readonly disputes = new Map<string, Date>();
  readonly figures: AskingFigure[] = [];
  requests = 0;
  holder: Visit['holder'] = 'up';
  isForgetful = false;
  readonly source: OnceOnly;

  constructor() {
    const store = {
      of: (_ctx: RequestContext, person: string, attribute: string) => Promise.resolve(this.isForgetful ? [] : this.kept.filter((one) => one.person === person && one.attribute === attribute)),
      forgetTyped: (_ctx: RequestContext, person: string, attribute: string) => { this.kept = this.kept.filter((one) => one.how === 'told' || one.person !== person || one.attribute !== attribute); return Promise.resolve(); },
      keepTyped: (_ctx: RequestContext, { localId, attribute, purposes, value, because, service, figures }: TypedEvidence) => { this.figures.push(...figures); this.#keep(localId, { attribute, purposes, value, how: 'typed', asOf: '2026-04-02', because, service }, 365); return Promise.resolve(); },
    };
    const disputes = {
      open: (_ctx: RequestContext, person: string) => Promise.resolve(new Map([...this.disputes].filter(([key]) => key.startsWith(`${person} `)).map(([key, since]) => [key.split(' ')[1] ?? '', since]))),
      raise: (_ctx: RequestContext, person: string, attribute: string) => { if (!this.disputes.has(`${person} ${attribute}`)) this.disputes.set(`${person} ${attribute}`, this.clock.now()); return Promise.resolve(); },
    };
    const asks = {
      ask: (_ctx: RequestContext, { agreementId, holder: toldBy, localId, attributes, by, isKept }: Question) => {
        this.requests++;
        if (this.holder === 'down') return Promise.resolve(refused('unreachable', 'It does not answer.'));
        if (this.holder === 'refuses') return Promise.resolve(refused('refused', 'It says no.'));
        const { purpose, retention } = AGREEMENTS.find(({ document }) => document.id === agreementId)?.document as KeptAgreement['document'];
        const told = isKept && this.holder === 'up' ? attributes : [];
        return Promise.resolve(done({ exchange: 'an-exchange', kept: told.map((attribute) => this.#keep(localId, { attribute, purposes: [purpose], value: valueOf(attribute), how: 'told', asOf: '2026-04-01', toldBy, agreementId, service: by.service ?? '' }, retention === 'P30D' ? 30 : 365)) }));
      },
    };
    const hears = { hear: (_ctx: RequestContext, { choice }: Hearing) => Promise.resolve({ choice, asOf: this.clock.now(), isCertain: this.holder !== 'down' }) };
    const words = new OnceWords({ messages: { t: (_ctx: RequestContext, key: string) => key } } as never);
    const finds = new FindsAnswers(
      store as never, { newest: () => Promise.resolve(AGREEMENTS) } as never, { find: (_ctx: RequestContext, person: string, id: string) => Promise.resolve(this.said(person, id)) } as never,
      disputes as never, { ofPerson: () => Promise.resolve({}) } as never, { ways: () => Promise.resolve([]) } as never, hears as never, { options: () => ({ vocabulary }), id: () => receiver.id } as never, this.clock,
    );
    const presses = { press: (_ctx: RequestContext, person: string, { agreementId, state }: { readonly agreementId: string; readonly state: ChoiceState }) => { this.choices.set(`${person} ${agreementId}`, state); return Promise.resolve(done({})); } };
    this.source = new OnceOnly(finds, words, asks as never, presses as never, disputes as never, store as never, {} as never);
  }

  /** What they have said of an agreement, as it is. */
  said(person: string, id: string): object | undefined {
    const [state, agreement] = [this.choices.get(`${person} ${id}`), AGREEMENTS.find(({ document }) => document.id === id)];
    return state && agreement && { state, at: this.clock.now().toISOString(), scope: choiceScope(agreement.document) };
  }

  #keep(person: string, one: Omit<StoredEvidence, 'evidenceId' | 'keptAt' | 'until'>, days: number): StoredEvidence {
    this.clock.advance(1);
    const stored = { ...one, person, evidenceId: `evidence ${this.kept.length}`, keptAt: this.clock.now(), until: new Date(this.clock.now().getTime() + days * DAY * 1000) };
    this.kept.push(stored);
    return stored;
  }

  /** As the journey does it: what is there is shown, what could be had is offered, and what was pressed is done. */
  async visit({ person: who, attribute: what, service, press, then, holder: how, days, stops }: Visit, remembers: Remembers): Promise<void> {
    this.clock.advance(days * DAY + 60);
    this.holder = how;
    const person = PEOPLE[who] ?? 'pat';
    const attribute = ATTRIBUTES[what] ?? 'address.current';
    const purposes = SERVICES[service] ?? SERVICES[0];
    const wanted: WantedAnswer = { personId: person as PersonId, attribute, purposes, service: { slug: `service-${service}`, title: { en: 'A service', cy: 'Gwasanaeth' } } };
    const asked: AskedFor = { person, attribute, purposes };
    const now = (): number => this.clock.now().getTime();
    const types = async (because: TypedBecause): Promise<void> => {
      if (because !== 'chosen' && because !== 'wrong' && because !== 'unreachable') remembers.isAsked(asked, now(), () => how === 'down');
      const value = typedOf(attribute, this.kept.length);
      await this.source.typed(ctx, wanted, { value, because });
      remembers.gives({ ...asked, value, until: now() + 365 * DAY * 1000 });
    };
    // One press for each agreement that it takes.
    for (let presses = 0; presses <= purposes.length; presses++) {
      const before = this.requests;
      const has = await this.source.look(ctx, wanted);
      expect(this.requests).toBe(before);
      if (has.told) {
        remembers.isShown(asked, has.told.value, now());
        if (then === 'use') return;
        if (then === 'type') return types('chosen');
        await this.source.wrong(ctx, wanted);
        this.clock.advance(1);
        // What they typed themselves is forgotten; what another body told is not used any more, either, nor what was typed before.
        const isOwn = has.told.origin.how === 'resident';
        remembers.forgets((one) => one.person === person && one.attribute === attribute && (!isOwn || one.agreement === undefined));
        return types('wrong');
      }
      if (!has.offer) return types('asked');
      if (press === 'type') return types('chosen');
      const keptBefore = this.kept.length;
      const got = await this.source.get(ctx, wanted, { ...has.offer, returnTo: '/' });
      const { id, purpose, retention } = AGREEMENTS.find(({ document }) => document.id === has.offer?.id)?.document ?? AGREEMENTS[0]?.document as KeptAgreement['document'];
      if (this.kept.length > keptBefore) remembers.gives({ ...asked, value: valueOf(attribute), purposes: [purpose], until: now() + (retention === 'P30D' ? 30 : 365) * DAY * 1000, agreement: id });
      if (!got.ok) {
        const { reason } = got.refusal;
        if (reason === 'sign-in') throw new Error('They are linked.');
        if (reason !== 'words-changed') return types(reason);
      }
      if (stops) {
        this.choices.set(`${person} ${id}`, 'withdrawn');
        remembers.forgets((one) => one.person === person && one.agreement === id);
        return;
      }
      if (got.ok) {
        remembers.isShown(asked, got.value.value, now());
        return;
      }
    }
    throw new Error('It was pressed for each purpose, and nothing is told.');
  }
}

function valueOf(attribute: string): ToldValue { return attribute === 'address.current' ? { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' } : true; }
function typedOf(attribute: string, nth: number): ToldValue { return attribute === 'address.current' ? { lines: [`${nth} Own Way`], postcode: 'ZZ99 1AA' } : nth % 2 === 0; }

async function walk(visits: readonly Visit[], changed: (world: World) => void = () => undefined): Promise<{ readonly world: World; readonly remembers: Remembers }> {
  const [world, remembers] = [new World(), new Remembers()];
  changed(world);
  for (const one of visits) await world.visit(one, remembers);
  return { world, remembers };
}

describe('asked once', () => {
  it('is nobody asked twice, and nothing used for what it was not given for, whatever they press, stop or say is wrong, whichever service asks, and whether or not the other body answers', async () => {
    await fc.assert(fc.asyncProperty(fc.array(visit, { minLength: 2, maxLength: 40 }), async (visits) => {
      const { world, remembers } = await walk(visits);
      expect([remembers.askedTwice, remembers.misused, world.figures.filter((figure) => figure === 'asked-twice')]).toEqual([0, 0, []]);
    }), { numRuns: 300 });
  });

  const twice: readonly Visit[] = Array.from({ length: 2 }, () => ({ person: 0, attribute: 0, service: 3, press: 'get', then: 'use', holder: 'up', days: 0, stops: false }));
  it('is found out where what is kept is not looked at', async () => expect((await walk(twice, (world) => { world.isForgetful = true; })).remembers.askedTwice).toBe(1));
  it('is counted when a form that nobody chose brings what is kept already', async () => {
    const { world } = await walk(twice.slice(0, 1));
    const wanted: WantedAnswer = { personId: 'pat' as PersonId, attribute: 'address.current', purposes: ['assisted-collection'], service: { slug: 'service-3', title: { en: 'A service', cy: 'Gwasanaeth' } } };
    await world.source.typed(ctx, wanted, { value: typedOf('address.current', 77), because: 'asked' });
    expect(world.figures).toEqual(['typed', 'typed', 'asked-twice']);
    await world.source.typed(ctx, wanted, { value: typedOf('address.current', 77), because: 'asked' });
    expect(world.figures).toHaveLength(3);
  });
  it('keeps the same words for what they are for now, too', async () => {
    const [first, ...more] = [{ ...twice[0], attribute: 1, service: 0, press: 'type' }, { ...twice[0], attribute: 1, service: 1, then: 'type' }, { ...twice[0], attribute: 1, service: 3 }] as Visit[];
    expect((await walk([first as Visit, { ...twice[0], service: 0 } as Visit, ...more])).remembers.askedTwice).toBe(0);
  });
  it('is offered nothing that would not do: where one of its purposes has no agreement, nobody is asked for the other', async () => {
    const { world } = await walk([{ ...twice[0], service: 1 } as Visit]);
    expect([world.requests, world.figures]).toEqual([0, ['typed']]);
  });
  it('takes a press for each agreement where a question has two purposes, and no more', async () => {
    const visit = { ...twice[0], service: 4 } as Visit;
    const { world, remembers } = await walk([visit, visit]);
    expect([world.requests, world.kept.map(({ purposes }) => purposes), world.figures, remembers.misused]).toEqual([2, [['garden-waste-concession'], ['council-tax-reduction']], [], 0]);
  });
  it('counts apart who is asked because the other body does not answer', async () => expect((await walk([{ ...twice[0], service: 0, holder: 'down' } as Visit])).world.figures).toEqual(['asked-because-unreachable']));
});

describe('nothing is asked of anybody', () => {
  it('by looking, or by typing; and for one press once', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record<Visit>({ person: fc.nat(1), attribute: fc.nat(1), service: fc.nat(3), press: fc.constant('type'), then: fc.constantFrom('use', 'wrong', 'type'), holder: fc.constant('up'), days: fc.constant(0), stops: fc.constant(false) }), { maxLength: 20 }), async (visits) => {
      expect((await walk(visits)).world.requests).toBe(0);
    }), { numRuns: 100 });
    const { world } = await walk([{ person: 0, attribute: 0, service: 0, press: 'get', then: 'use', holder: 'up', days: 0, stops: false }]);
    const wanted: WantedAnswer = { personId: 'pat' as PersonId, attribute: 'address.current', purposes: ['garden-waste-concession'], service: { slug: 'service-0', title: { en: 'A service', cy: 'Gwasanaeth' } } };
    expect(await world.source.get(ctx, wanted, { id: 'garden-waste-concession', shown: 'whatever', returnTo: '/' })).toMatchObject({ ok: true });
    expect(world.requests).toBe(1);
  });
});
