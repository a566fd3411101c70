import { Database, audit, enqueue, isTaken, write } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, IDS, done, refused, type Clock, type Ids, type Outcome, type Refusal, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { KEY_ATTRIBUTES, subjectMark, type Entry } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { SubjectKeys } from '../information/subject-keys';
import { SharingLog } from '../logging/sharing-log';
import { TellLinkEnded } from './jobs';
import { Links, isPerson, type Link, type Proof } from './links';
import { pairwiseName } from './opaque';

/** Makes and ends links: each in the log, in the same commit. */
@Injectable()
export class KeepsLinks {
  constructor(private readonly db: Database, private readonly links: Links, private readonly keys: SubjectKeys, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Links somebody here with who the other body knows by this name; a new name when none is told. The same again changes nothing. `taken` when either is linked with somebody else: nobody is two people. */
  async make(ctx: RequestContext, { peerId, localId, provenBy, pairwise }: { readonly peerId: string; readonly localId: string; readonly provenBy: Proof; readonly pairwise?: string }): Promise<Outcome<Link, Refusal<'taken'>>> {
    const there = await this.links.ofPerson(ctx, peerId, localId);
    if (there) return pairwise === undefined || there.pairwise === pairwise ? done(there) : taken();
    const subjectKey = await this.keys.make(ctx, localId);
    const name = pairwise ?? pairwiseName();
    const now = this.clock.now();
    try {
      await this.log.append(ctx, { entry: this.#entry('linked', { peerId, subject: subjectMark(subjectKey, localId), attributes: provenBy === 'exact-match' ? KEY_ATTRIBUTES : [] }), alongside: (tx) => {
        write(tx, 'insert into sharing.link (council_id, peer_id, pairwise, local_id, proven_by, proven_at) values ($1, $2, $3, $4, $5, $6)', [ctx.council.id, peerId, name, localId, provenBy, now]);
        audit(tx, { action: 'sharing.linked', subject: { type: 'sharing.link', id: peerId }, personId: isPerson(localId) ? localId : undefined, detail: { provenBy } });
      } });
    } catch (error) {
      if (!isTaken(error, 'sharing.link')) throw error;
      // Pressed twice at once: the other press has made it.
      const made = await this.links.ofPerson(ctx, peerId, localId);
      return made && (pairwise === undefined || made.pairwise === pairwise) ? done(made) : taken();
    }
    return done({ pairwise: name, localId, subjectKey, choicesHeard: {} });
  }

  /**
   * Ends a link. Whoever ends it here tells the other body, however long that takes. On record, with the basis on which an adviser does it.
   * @returns whether there was one
   */
  async end(ctx: RequestContext, peerId: string, link: Link | undefined, { isTold, basis }: { readonly isTold: boolean; readonly basis?: AssistedBasis }): Promise<boolean> {
    if (!link) return false;
    const { pairwise, localId, subjectKey } = link;
    await this.log.append(ctx, { entry: this.#entry('unlinked', { peerId, subject: subjectMark(subjectKey, localId), attributes: [] }), alongside: (tx) => {
      write(tx, 'delete from sharing.link where council_id = $1 and peer_id = $2 and pairwise = $3', [ctx.council.id, peerId, pairwise]);
      audit(tx, { action: 'sharing.unlinked', subject: { type: 'sharing.link', id: peerId }, personId: isPerson(localId) ? localId : undefined, ...(basis && { detail: { ...basis } }) });
      if (!isTold) this.#tell(tx, { peerId, pairwise, isErased: false });
    } });
    return true;
  }

  /**
   * Ends links of somebody who is erased here: with all bodies, or with these. Each hears that, too (UK GDPR, Article 19). The entry says the day alone, and the act is in no record under their name:
   * the moment in which they were erased would lead to their mark.
   */
  async erase(ctx: RequestContext, localId: string, peerIds?: readonly string[]): Promise<void> {
    const [links, subjectKey] = await Promise.all([this.links.names(ctx, localId), this.keys.find(ctx, localId)]);
    for (const { peerId, pairwise } of links.filter((link) => peerIds?.includes(link.peerId) ?? true)) {
      const end = (tx: TransactionContext): void => {
        write(tx, 'delete from sharing.link where council_id = $1 and peer_id = $2 and pairwise = $3', [ctx.council.id, peerId, pairwise]);
        this.#tell(tx, { peerId, pairwise, isErased: true });
      };
      if (!subjectKey) await this.db.run(ctx, (tx) => Promise.resolve(end(tx)));
      else await this.log.append(ctx, { entry: { ...this.#entry('unlinked', { peerId, subject: subjectMark(subjectKey, localId), attributes: [] }), t: `${this.clock.now().toISOString().slice(0, 10)}T00:00:00.000Z` }, alongside: end });
    }
  }

  /** Leaves it to this transaction to tell the other body, however long that takes. */
  #tell(tx: TransactionContext, { peerId, pairwise, isErased }: { readonly peerId: string; readonly pairwise: string; readonly isErased: boolean }): void {
    const endId = this.ids.uuid();
    write(tx, 'insert into sharing.link_end (council_id, end_id, peer_id, pairwise, is_erased) values ($1, $2, $3, $4, $5)', [tx.council.id, endId, peerId, pairwise, isErased]);
    enqueue(tx, TellLinkEnded, { endId, tries: 0 });
  }

  /** Names no keys and no digest of them: a digest of a name and a birthday is soon guessed. */
  #entry(kind: 'linked' | 'unlinked', { peerId, subject, attributes }: { readonly peerId: string; readonly subject: string; readonly attributes: Entry['attributes'] }): Entry {
    return { v: 1, t: this.clock.now().toISOString(), kind, exchange: null, peer: peerId, agreement: null, purpose: null, attributes, subject, allow: null, failed: [], req: null, res: null, peerCheckpoint: null };
  }
}

function taken(): { readonly ok: false; readonly refusal: Refusal<'taken'> } { return refused('taken', 'One of the two is linked with somebody else already.'); }
