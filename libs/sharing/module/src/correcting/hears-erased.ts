import { write } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { subjectMark, type AttributeId } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { Link } from '../linking/links';
import { SharingLog } from '../logging/sharing-log';
import { ToldBefore } from './told-before';

/** What another body had told of somebody is erased there: it is used no more here, its person reads of it in their trail, and the body's own systems find it in their inbox (UK GDPR, Article 19). */
@Injectable()
export class HearsErased {
  constructor(private readonly told: ToldBefore, private readonly log: SharingLog, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Heard again, because the answer was lost, it is one thing. Of somebody of whom it told nothing there is nothing to say. */
  async hear(ctx: RequestContext, peerId: string, { localId, subjectKey }: Link): Promise<void> {
    const mark = subjectMark(subjectKey, localId);
    const attributes = await this.told.attributesFrom(ctx, mark, peerId);
    if (attributes.length === 0) return;
    const at = this.clock.now();
    await this.log.append(ctx, {
      entry: { v: 1, t: at.toISOString(), kind: 'erased', exchange: null, peer: peerId, agreement: null, purpose: null, attributes: attributes as readonly AttributeId[], subject: mark, allow: null, failed: [], req: null, res: null, peerCheckpoint: null },
      alongside: (tx) => {
        write(tx, 'delete from sharing.evidence where council_id = $1 and local_id = $2 and told_by = $3', [tx.council.id, localId, peerId]);
        for (const attribute of attributes) {
          write(tx, `
            insert into sharing.change (council_id, change_id, kind, local_id, attribute, from_peer, created_at) select $1::uuid, $2::uuid, 'erased', $3::text, $4::text, $5::text, $6::timestamptz
            where not exists (select from sharing.change where council_id = $1::uuid and local_id = $3::text and attribute = $4::text and from_peer = $5::text and kind = 'erased' and confirmed_at is null)`, [tx.council.id, this.ids.uuid(), localId, attribute, peerId, at]);
        }
      },
    });
  }
}
