import { Inject, Injectable } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { PhotosOfCase } from '../handing/photos-of-case';

/** An officer takes back what the other system was given to fetch photos with: every link to photos of the case shows nothing from now on. */
@Injectable()
export class EndsLinks {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(PhotosOfCase) private readonly photos: PhotosOfCase, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns the case's reference @throws NotFound when it is not here, or nobody hands it over */
  async end(ctx: RequestContext, caseId: string): Promise<string> {
    demand(ctx, HAND_OVER_CASES);
    const view = isUuid(caseId) ? await this.cases.find(ctx, { caseId }) : undefined;
    if (!view) throw new NotFound(`There is no case ${caseId} here.`);
    const rows = await this.db.query(ctx, 'select 1 as here from back_office.hand_over where council_id = $1 and case_id = $2', [ctx.council.id, caseId]);
    if (!rows.length) throw new NotFound(`The case ${caseId} is handed over to nobody.`);
    await this.photos.endLinks(ctx, view.id, view.documents);
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update back_office.hand_over set links_ended_at = $3 where council_id = $1 and case_id = $2', [tx.council.id, caseId, this.clock.now()]);
      audit(tx, { action: 'back-office.end-links', subject: { type: 'case', id: caseId }, personId: view.personId });
    });
    return view.reference;
  }
}
