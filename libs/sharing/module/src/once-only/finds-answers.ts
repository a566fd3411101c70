import { isDeepStrictEqual } from 'node:util';
import { CLOCK, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { WantedAnswer } from '@guildhall/services-contract';
import { isFresh, ukDay, type AttributeDefinition, type WayToLink } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Choices, type KnownChoice } from '../choosing/choices';
import { HearsChoice } from '../choosing/hears-choice';
import { EvidenceStore, type StoredEvidence } from '../evidence/evidence-store';
import { usableEvidence, type Usable, type Wanting } from '../evidence/usable-evidence';
import { Disputes } from '../information/disputes';
import { Agreements } from '../knowing/agreements';
import { Links } from '../linking/links';
import { MakesLink } from '../linking/makes-link';
import { OwnNode } from '../node/own-node';
import { couldBeHad, type CouldBeHad } from './could-be-had';

/** What is wanted of somebody who has signed in, in the words of this body. */
export interface Wanted {
  readonly personId: PersonId;
  readonly attribute: AttributeDefinition;
  readonly purposes: readonly string[];
  /** What it is for, each after "to". */
  readonly to: readonly Text[];
  readonly service: WantedAnswer['service'];
}
/** Something that could be had, of one who holds it. */
export interface Offered extends CouldBeHad {
  readonly holder: string;
  /** How their records there are found first, where it is not known yet which they are; empty where it is. */
  readonly ways: readonly WayToLink[];
}
/** What there is for it. */
export interface Found {
  readonly usable?: StoredEvidence;
  /** Why the law leaves no choice about what is usable, where it does not. */
  readonly because?: Text;
  readonly offered?: Offered;
  /** Whether something was left that nobody could say of whether it was stopped. */
  readonly isUnsure: boolean;
  /** What bodies are called. */
  readonly bodies: Readonly<Record<string, Text>>;
}

/** What is known of somebody and one attribute, before it is judged. */
interface Known { readonly kept: readonly StoredEvidence[]; readonly disputed: Awaited<ReturnType<Disputes['open']>>; readonly agreements: Awaited<ReturnType<Agreements['newest']>>; readonly choices: ReadonlyMap<string, KnownChoice> }

/** Finds what is kept for a question, or could be had for it. Nobody is asked for anything: of what was told a while ago it is heard whether it was stopped where it is from. */
@Injectable()
export class FindsAnswers {
  constructor(
    private readonly evidence: EvidenceStore, private readonly agreements: Agreements, private readonly choices: Choices, private readonly disputes: Disputes, private readonly links: Links, private readonly makesLink: MakesLink, private readonly hears: HearsChoice, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined for somebody who has not signed in, and where this body has no words for the attribute or one of the purposes: then nothing is had and nothing is kept. */
  wanted(ctx: RequestContext, { personId, attribute: id, purposes, service }: WantedAnswer): Wanted | undefined {
    const { attributes, purposes: known } = this.node.options(ctx).vocabulary;
    const attribute = attributes.find((one) => one.id === id);
    const shown = known.filter((purpose) => purposes.includes(purpose.id));
    return personId && attribute && shown.length > 0 && shown.length === new Set(purposes).size ? { personId, attribute, purposes: shown.map((purpose) => purpose.id), to: shown.map(({ to }) => to), service } : undefined;
  }

  /** What was known on that day may not be believed any more. */
  isTooOld(attribute: Pick<AttributeDefinition, 'freshFor'>, asOf: string): boolean { return !isFresh(attribute, asOf, ukDay(this.clock.now())); }

  async find(ctx: RequestContext, wanted: Wanted): Promise<Found> {
    const { personId, attribute: { id: attribute }, purposes } = wanted;
    const { kept, disputed, agreements, choices } = await this.#known(ctx, wanted);
    const bodies = Object.assign({}, ...agreements.map(({ vocabulary }) => vocabulary.bodies)) as Readonly<Record<string, Text>>;
    const now = this.clock.now();
    const disputedAt = disputed.get(attribute);
    const found = await this.#usable(ctx, personId, { kept, agreements, choices }, { purposes, now, ...(disputedAt && { disputedAt }) });
    const { usable, isUnsure } = found;
    if (usable) {
      const because = agreements.find(({ document }) => document.id === usable.agreementId)?.document.choice.keptBecause;
      return { bodies, isUnsure, usable, ...(because && { because }) };
    }
    // What they say is wrong is not fetched again before that is answered.
    if (disputedAt) return { bodies, isUnsure };
    const having = { today: ukDay(now), own: this.node.id(ctx), attribute, choices };
    // Each purpose for which nothing is kept has an agreement of its own. Nobody is asked for a part that would not do.
    const each = await Promise.all(found.missing.map((purpose) => this.#reached(ctx, personId, couldBeHad(agreements, { ...having, purposes: [purpose] }))));
    const [offered] = each;
    return { bodies, isUnsure, ...(offered && each.every(Boolean) && { offered }) };
  }

  /** What may be used: nothing that was stopped, here or where it is from. Where nobody says any more whether it was, it is not used; that is told apart from what was. */
  async #usable(ctx: RequestContext, personId: string, { kept, agreements, choices }: Omit<Known, 'disputed'>, wanting: Omit<Wanting, 'stopped'>): Promise<Usable<StoredEvidence> & Pick<Found, 'isUnsure'>> {
    const stopped = new Set([...choices].filter(([, { state }]) => state === 'withdrawn').map(([id]) => id));
    let isUnsure = false;
    for (;;) {
      const found = usableEvidence(kept, { ...wanting, stopped });
      if (!found.usable) return { ...found, isUnsure };
      const { value } = found.usable;
      // The same may have been told more than once, for one purpose each.
      const used = kept.filter((one) => one.until > wanting.now && one.agreementId !== undefined && !stopped.has(one.agreementId) && isDeepStrictEqual(one.value, value));
      const left = (await Promise.all(used.map(async (one) => ({ id: one.agreementId ?? '', is: await this.#standing(ctx, personId, one, { agreements, choices }) })))).filter(({ is }) => is !== 'sure');
      if (left.length === 0) return { ...found, isUnsure };
      for (const { id } of left) stopped.add(id);
      isUnsure ||= left.some(({ is }) => is === 'unsure');
    }
  }

  async #standing(ctx: RequestContext, localId: string, { agreementId = '', toldBy: holder = '', keptAt: since }: StoredEvidence, { agreements, choices }: Pick<Known, 'agreements' | 'choices'>): Promise<'sure' | 'stopped' | 'unsure'> {
    const document = agreements.find((one) => one.document.id === agreementId)?.document;
    const heard = document && (await this.hears.hear(ctx, { document, holder, localId, choice: choices.get(agreementId), since }));
    if (!heard?.isCertain) return 'unsure';
    return heard.choice?.state === 'withdrawn' ? 'stopped' : 'sure';
  }

  /** What may be asked for without another press, to confirm what was typed then; nothing once it has been told, or is said to be wrong. */
  async toConfirm(ctx: RequestContext, wanted: Wanted, typedAt: Date): Promise<Offered | undefined> {
    const { personId, attribute: { id: attribute }, purposes } = wanted;
    const { kept, disputed, agreements, choices } = await this.#known(ctx, wanted);
    if (disputed.has(attribute) || kept.some(({ how, keptAt }) => how === 'told' && keptAt >= typedAt)) return undefined;
    const possible = couldBeHad(agreements, { today: ukDay(this.clock.now()), own: this.node.id(ctx), attribute, purposes, choices }).filter(({ isLet }) => isLet);
    const found = await this.#reached(ctx, personId, possible);
    return found?.ways.length === 0 ? found : undefined;
  }

  async #known(ctx: RequestContext, { personId, attribute: { id: attribute, freshFor }, purposes }: Wanted): Promise<Known> {
    const [all, disputed, agreements] = await Promise.all([this.evidence.of(ctx, personId, attribute), this.disputes.open(ctx, personId), this.agreements.newest(ctx)]);
    // What is too old by now is as if it were not kept: it is asked again.
    const kept = all.filter(({ asOf }) => !this.isTooOld({ freshFor }, asOf));
    const choices = await this.#choices(ctx, personId, [...agreements.filter(({ document }) => purposes.includes(document.purpose)).map(({ document }) => document.id), ...kept.flatMap(({ agreementId }) => agreementId ?? [])]);
    return { kept, disputed, agreements, choices };
  }

  async #choices(ctx: RequestContext, personId: string, ids: readonly string[]): Promise<ReadonlyMap<string, KnownChoice>> {
    const said = await Promise.all([...new Set(ids)].map(async (id) => [id, await this.choices.find(ctx, personId, id)] as const));
    return new Map(said.flatMap(([id, choice]) => (choice ? [[id, choice] as const] : [])));
  }

  /** The first of those who hold it that knows who is meant; else the first at which that can be found out. */
  async #reached(ctx: RequestContext, personId: string, possible: readonly CouldBeHad[]): Promise<Offered | undefined> {
    const all = possible.flatMap((one) => one.holders.map((holder) => ({ ...one, holder })));
    for (const one of all) if (await this.links.ofPerson(ctx, one.holder, personId)) return { ...one, ways: [] };
    for (const one of all) {
      const ways = await this.makesLink.ways(ctx, one.holder);
      if (ways.length > 0) return { ...one, ways };
    }
    return undefined;
  }
}
