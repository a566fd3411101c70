import { Database, audit, write } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, IDS, NotFound, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { subjectMark, type AttributeDefinition } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { DisputeStories, type DisputeStory } from '../correcting/dispute-story';
import { entryAbout } from '../correcting/entry-about';
import { PassesOn } from '../correcting/passes-on';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { SubjectKeys } from './subject-keys';
import { demandInformationOf } from './whose-information';

/** What somebody says is wrong of themselves, until it is answered: it is told to nobody meanwhile. */
@Injectable()
export class Disputes {
  constructor(private readonly db: Database, private readonly log: SharingLog, private readonly keys: SubjectKeys, private readonly node: OwnNode, private readonly passes: PassesOn, private readonly stories: DisputeStories, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Those without an answer, by attribute, with when they were raised. */
  async open(ctx: RequestContext, personId: string): Promise<ReadonlyMap<string, Date>> {
    demandInformationOf(ctx, personId);
    const rows = await this.db.query<{ attribute: string; raised_at: Date }>(ctx, `
      select attribute, min(raised_at) as raised_at from sharing.dispute where council_id = $1 and local_id = $2 and answered_at is null group by attribute order by attribute limit 1000`, [ctx.council.id, personId]);
    return new Map(rows.map(({ attribute, raised_at: at }) => [attribute, at]));
  }

  /** What has come of what they last said of this; undefined where they have said nothing. */
  story(ctx: RequestContext, personId: string, attribute: string): Promise<DisputeStory | undefined> {
    demandInformationOf(ctx, personId);
    return this.stories.latest(ctx, personId, attribute);
  }

  /** Whose answers are there to read: of which things. */
  answered(ctx: RequestContext, personId: string): Promise<ReadonlySet<string>> {
    demandInformationOf(ctx, personId);
    return this.stories.answered(ctx, personId);
  }

  /** What can be said to be wrong. @throws NotFound when nobody shares such a thing */
  attribute(ctx: RequestContext, id: string): AttributeDefinition {
    const found = this.node.options(ctx).vocabulary.attributes.find((one) => one.id === id);
    if (!found) throw new NotFound('There is no such thing that is shared.');
    return found;
  }

  /**
   * From now on it is told to nobody. In the log, so that its owner sees it in their trail; and on its way to the bodies that told it, for them to answer. The same again changes nothing.
   * @param basis on what authority an adviser says it, and after which checks
   * @throws NotFound when nobody shares such a thing
   */
  async raise(ctx: RequestContext, personId: string, attributeId: string, basis?: AssistedBasis): Promise<void> {
    demandInformationOf(ctx, personId);
    const { id } = this.attribute(ctx, attributeId);
    if ((await this.open(ctx, personId)).has(id)) return;
    if (ctx.actor.kind !== 'resident') await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.dispute', subject: { type: 'sharing.attribute', id }, personId, detail: { ...basis } })));
    const at = this.clock.now();
    const mark = subjectMark(await this.keys.make(ctx, personId), personId);
    const disputeId = this.ids.uuid();
    const passOn = await this.passes.prepare(ctx, { disputeId, localId: personId, mark, attribute: id, at });
    const by = ctx.actor.kind === 'resident' ? 'resident' : 'adviser';
    await this.log.append(ctx, {
      entry: entryAbout('disputed', { at, attribute: id, subject: mark }),
      alongside: (tx) => {
        write(tx, `insert into sharing.dispute (council_id, local_id, attribute, raised_at, raised_by, dispute_id)
          select $1::uuid, $2::text, $3::text, $4::timestamptz, $5::text, $6::uuid where not exists (select 1 from sharing.dispute where council_id = $1::uuid and local_id = $2::text and attribute = $3::text and answered_at is null)`, [tx.council.id, personId, id, at, by, disputeId]);
        passOn(tx);
      },
    });
  }
}
