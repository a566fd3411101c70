import { Database, audit, enqueue, extensionsOf } from '@guildhall/kernel';
import { CLOCK, NotFound, isUuid, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { CHANGE_TAKER, ukDay, type AddressValue, type CheckId, type Evidence } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { demandInformationOf } from '../information/whose-information';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { Changes, type Change, type DeliveryState, type Recipient } from './changes';
import { DecidesChange } from './decides-change';
import { BringChange } from './jobs';
import { takersOf } from './takes-change';

const ADDRESS = 'address.current';
/** Of an exchange that is never made: only to see what would be decided. */
const NO_EXCHANGE = '00000000-0000-7000-8000-000000000000';

/** One who can be told. */
export interface CanBeTold extends Recipient {
  /** Key of its name where it is here; its name where it is another body. */
  readonly titleKey?: string;
  /** What takes it here, where that depends on what they have: names of services. */
  readonly titles?: readonly Text[];
  readonly name?: Text;
  readonly sentence?: Text;
  /** Why it may not be told as things are. */
  readonly failed: readonly CheckId[];
}
/** One who was to be told, and whether they have it. */
export interface WasTold { readonly titleKey?: string; readonly titles?: readonly Text[]; readonly name?: Text; readonly state: DeliveryState; readonly at: Date; readonly failed: readonly CheckId[] }

/** Tell us once: one change of address, to everybody here and elsewhere whom its owner wants to have it. */
@Injectable()
export class TellsOnce {
  constructor(
    private readonly db: Database, private readonly changes: Changes, private readonly decides: DecidesChange, private readonly agreements: Agreements, private readonly peers: Peers, private readonly links: Links, private readonly node: OwnNode,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who would be told, before anything is: those here, then other bodies by the agreements in force by which they may have it. */
  async recipients(ctx: RequestContext, personId: string): Promise<readonly CanBeTold[]> {
    demandInformationOf(ctx, personId);
    const named = await Promise.all(takersOf(ctx, personId, ADDRESS).map(async (recipient) => ({ recipient, ...(await namesOf(ctx, recipient, personId)) })));
    const here = named.filter(({ titles }) => titles?.length !== 0).map((one): CanBeTold => ({ ...one, failed: [] }));
    const own = this.node.id(ctx);
    const kept = (await this.agreements.newest(ctx)).filter(({ document }) => document.holders.includes(own) && document.attributes.includes(ADDRESS));
    const bodies = await Promise.all(kept.flatMap((agreement) => agreement.document.receivers.filter((id) => id !== own).map(async (peerId): Promise<CanBeTold | undefined> => {
      const [peer, link] = await Promise.all([this.peers.find(ctx, peerId), this.links.ofPerson(ctx, peerId, personId)]);
      if (!peer || !link) return undefined;
      const { decision } = await this.decides.toTell(ctx, { exchange: NO_EXCHANGE, attribute: ADDRESS, agreement, peer, link });
      const failed = decision.reasons.filter(({ pass }) => !pass).map(({ id }) => id);
      // One that has ended, or has not begun, is none.
      return failed.includes('in-force') ? undefined : { recipient: `body:${peerId}`, agreementId: agreement.document.id, name: peer.body.name, sentence: agreement.document.sentence, failed };
    })));
    // A body that may have it by one agreement needs no other.
    const each = bodies.flatMap((one) => one ?? []).sort((one, other) => one.failed.length - other.failed.length);
    return [...here, ...each.filter((one, at) => each.findIndex(({ recipient }) => recipient === one.recipient) === at)];
  }

  /**
   * Keeps the change with whom it is to reach, and begins: from now on nothing of it can be lost. Those who may not be told are left out. The same again changes nothing.
   * @param told `changeId` was made when the question was shown; `basis` says on what authority an adviser tells it, and after which checks
   */
  async tell(ctx: RequestContext, personId: string, { changeId, address, to, basis }: { readonly changeId: string; readonly address: AddressValue; readonly to: readonly string[]; readonly basis?: AssistedBasis }): Promise<void> {
    const recipients = (await this.recipients(ctx, personId)).filter(({ recipient, failed }) => failed.length === 0 && to.includes(recipient));
    const evidence: Evidence = { attribute: ADDRESS, value: address, asOf: ukDay(this.clock.now()), source: 'resident', verified: null };
    const known = await this.changes.find(ctx, changeId);
    if (known) return;
    await this.db.run(ctx, (tx) => {
      this.changes.put(tx, { changeId, localId: personId, attribute: ADDRESS, evidence, fromPeer: null, toldBy: ctx.actor.kind === 'resident' ? 'resident' : 'adviser' }, recipients);
      // Pressed twice at once it is brought once.
      for (const { recipient } of recipients) enqueue(tx, BringChange, { changeId, recipient, tries: 0 }, { key: `${changeId} ${recipient}` });
      audit(tx, { action: 'sharing.told-once', subject: { type: 'sharing.change', id: changeId }, personId, detail: { recipients: recipients.map(({ recipient }) => recipient), ...basis } });
      return Promise.resolve();
    });
  }

  /** What they told, and who has it. @throws NotFound when it is not theirs */
  async told(ctx: RequestContext, personId: string, changeId: string): Promise<{ readonly change: Change; readonly told: readonly WasTold[] }> {
    demandInformationOf(ctx, personId);
    const change = isUuid(changeId) ? await this.changes.find(ctx, changeId) : undefined;
    if (!change || change.localId !== personId || change.fromPeer !== null) throw new NotFound('You have told nothing under this name.');
    const deliveries = await this.changes.deliveries(ctx, changeId);
    const told = await Promise.all(deliveries.map(async ({ recipient, ...state }): Promise<WasTold> => {
      const { titleKey, titles } = await namesOf(ctx, recipient, personId);
      const peerId = /^body:(.+)$/.exec(recipient)?.[1];
      const name = peerId === undefined ? undefined : (await this.peers.find(ctx, peerId))?.body.name ?? { en: peerId, cy: peerId };
      return { ...state, ...(titleKey !== undefined && { titleKey }), ...(titles && titles.length > 0 && { titles }), ...(name && { name }) };
    }));
    return { change, told };
  }

  /** The last that they told. */
  latest(ctx: RequestContext, personId: string): Promise<Change | undefined> {
    demandInformationOf(ctx, personId);
    return this.changes.latest(ctx, personId);
  }
}

/** What a record of this council's is called to whoever reads it: by key, or by what they have of it. */
async function namesOf(ctx: RequestContext, recipient: string, personId: string): Promise<{ readonly titleKey?: string; readonly titles?: readonly Text[] }> {
  const taker = extensionsOf(ctx, CHANGE_TAKER).find(({ id }) => recipient === `taker:${id}`);
  if (!taker) return {};
  const titles = await taker.titlesFor?.(ctx, personId as PersonId, ADDRESS);
  return { titleKey: taker.titleKey, ...(titles && { titles }) };
}
