import { Database, audit } from '@guildhall/kernel';
import { CLOCK, NotAllowed, NotFound, demand, done, isUuid, refused, type Clock, type Outcome, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { LOOK_AT_OTHERS, ukDay, type AttributeDefinition, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AsksExchange, type AskRefusal } from '../asking/asks-exchange';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';

/** What an officer may look at: at one body, by one agreement. */
export interface Lookable {
  readonly agreementId: string;
  readonly holder: string;
  readonly name: Text;
  readonly holderName: Text;
  readonly purpose: Text;
  readonly attributes: readonly AttributeDefinition[];
}
/** What they want to see, and why. */
export interface LookingAt { readonly agreementId: string; readonly holder: string; readonly attributes: readonly string[]; readonly because: string }
/** What there is to see. It is shown, and kept nowhere. */
export interface Seen { readonly lookable: Lookable; readonly evidence: readonly SeenEvidence[]; /** Of which what they have is too old to be told. */ readonly tooOld: readonly AttributeDefinition[] }
/** A value, and what the record is called that it is from, where the other body says so. */
export interface SeenEvidence extends Evidence { readonly from?: Text }
export type LookRefusal = AskRefusal | Refusal<'no-reason' | 'nothing-chosen' | 'not-possible'>;

const MOST_CHARACTERS = 300;

/** An officer's own look at what another body holds of somebody: decided by the same rule as any question, for a reason that the resident reads. */
@Injectable()
export class LooksAtOthers {
  constructor(private readonly db: Database, private readonly agreements: Agreements, private readonly links: Links, private readonly asks: AsksExchange, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** By which agreements, at which bodies that know the person. @throws NotFound when it is nobody's name */
  async lookable(ctx: RequestContext, personId: string): Promise<readonly Lookable[]> {
    demand(ctx, LOOK_AT_OTHERS);
    if (!isUuid(personId)) throw new NotFound('There is no such person here.');
    const own = this.node.id(ctx);
    const kept = (await this.agreements.newest(ctx)).filter((one) => this.#isInForce(one) && one.document.receivers.includes(own));
    const found = await Promise.all(kept.flatMap(({ document, vocabulary }) => document.holders.filter((holder) => holder !== own).map(async (holder): Promise<Lookable | undefined> => ((await this.links.ofPerson(ctx, holder, personId)) ? {
      agreementId: document.id, holder, name: document.name, holderName: vocabulary.bodies[holder] ?? { en: holder, cy: holder }, purpose: vocabulary.purposes.find(({ id }) => id === document.purpose)?.to ?? { en: document.purpose, cy: document.purpose },
      attributes: vocabulary.attributes.filter(({ id }) => document.attributes.includes(id)),
    } : undefined))));
    return found.flatMap((one) => one ?? []);
  }

  /**
   * Asks, as an officer. That they did is on record before anything is asked; the reason is kept for the resident, sealed, on both sides.
   * @throws NotAllowed to whoever is no officer; Unavailable when it cannot be written down: then nothing was asked
   */
  async look(ctx: RequestContext, personId: string, { agreementId, holder, attributes, because }: LookingAt): Promise<Outcome<Seen, LookRefusal>> {
    const lookable = (await this.lookable(ctx, personId)).find((one) => one.agreementId === agreementId && one.holder === holder);
    if (ctx.actor.kind !== 'officer') throw new NotAllowed('Officers look, each under their own name.');
    if (!lookable) return refused('not-possible', 'By no agreement may this be looked at.');
    if (!isReason(because)) return refused('no-reason', 'A reason is needed.');
    const wanted = lookable.attributes.filter(({ id }) => attributes.includes(id)).map(({ id }) => id);
    if (wanted.length === 0 || wanted.length < attributes.length) return refused('nothing-chosen', 'Something that the agreement names is to be chosen.');
    const { officerId } = ctx.actor;
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.looked-at-other', subject: { type: 'sharing.agreement', id: agreementId }, personId, detail: { holder, attributes: wanted } })));
    const told = await this.asks.ask(ctx, { agreementId, holder, localId: personId, attributes: wanted, because: because.trim(), by: { service: null, officer: officerId, ...(this.node.options(ctx).officersUse ?? { network: 'internet', device: 'unmanaged' }) } });
    if (!told.ok) return told;
    const { evidence, tooOld = [], sourceTitles = {} } = told.value;
    return done({ lookable, evidence: evidence.map((one) => ({ ...one, ...(Object.hasOwn(sourceTitles, one.source) && { from: sourceTitles[one.source] }) })), tooOld: lookable.attributes.filter(({ id }) => tooOld.includes(id)) });
  }

  #isInForce({ document, missing, endedOn }: KeptAgreement): boolean {
    const today = ukDay(this.clock.now());
    return missing.length === 0 && document.from <= today && today <= document.until && !(endedOn !== undefined && endedOn <= today);
  }
}

/** Words that somebody could be asked about: two of them, with letters, at least. */
export function isReason(because: string): boolean {
  return because.length <= MOST_CHARACTERS && because.trim().split(/\s+/).filter((word) => /\p{L}{2,}/u.test(word)).length >= 2;
}
