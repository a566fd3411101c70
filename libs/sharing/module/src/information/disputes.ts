import { Database, audit, write } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, NotFound, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { subjectMark, type AttributeDefinition, type Entry } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { SubjectKeys } from './subject-keys';
import { demandInformationOf } from './whose-information';

/** What somebody says is wrong of themselves, until it is answered: it is told to nobody meanwhile. */
@Injectable()
export class Disputes {
  constructor(private readonly db: Database, private readonly log: SharingLog, private readonly keys: SubjectKeys, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Those without an answer, by attribute, with when they were raised. */
  async open(ctx: RequestContext, personId: string): Promise<ReadonlyMap<string, Date>> {
    demandInformationOf(ctx, personId);
    const rows = await this.db.query<{ attribute: string; raised_at: Date }>(ctx, `
      select attribute, min(raised_at) as raised_at from sharing.dispute where council_id = $1 and local_id = $2 and answered_at is null group by attribute order by attribute limit 1000`, [ctx.council.id, personId]);
    return new Map(rows.map(({ attribute, raised_at: at }) => [attribute, at]));
  }

  /** What can be said to be wrong. @throws NotFound when nobody shares such a thing */
  attribute(ctx: RequestContext, id: string): AttributeDefinition {
    const found = this.node.options(ctx).vocabulary.attributes.find((one) => one.id === id);
    if (!found) throw new NotFound('There is no such thing that is shared.');
    return found;
  }

  /**
   * From now on it is told to nobody. In the log, so that its owner sees it in their trail; the same again changes nothing.
   * @param basis on what authority an adviser says it, and after which checks
   * @throws NotFound when nobody shares such a thing
   */
  async raise(ctx: RequestContext, personId: string, attributeId: string, basis?: AssistedBasis): Promise<void> {
    demandInformationOf(ctx, personId);
    const { id } = this.attribute(ctx, attributeId);
    if ((await this.open(ctx, personId)).has(id)) return;
    if (ctx.actor.kind !== 'resident') await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.dispute', subject: { type: 'sharing.attribute', id }, personId, detail: { ...basis } })));
    const at = this.clock.now();
    const entry: Entry = { v: 1, t: at.toISOString(), kind: 'disputed', exchange: null, peer: null, agreement: null, purpose: null, attributes: [id], subject: subjectMark(await this.keys.make(ctx, personId), personId), allow: null, failed: [], req: null, res: null, peerCheckpoint: null };
    const by = ctx.actor.kind === 'resident' ? 'resident' : 'adviser';
    await this.log.append(ctx, {
      entry,
      alongside: (tx) => {
        write(tx, `insert into sharing.dispute (council_id, local_id, attribute, raised_at, raised_by)
          select $1::uuid, $2::text, $3::text, $4::timestamptz, $5::text where not exists (select 1 from sharing.dispute where council_id = $1::uuid and local_id = $2::text and attribute = $3::text and answered_at is null)`, [tx.council.id, personId, id, at, by]);
      },
    });
  }
}
