import { Inject, Injectable } from '@nestjs/common';
import { ADD_DOCUMENTS, DOCUMENTS, type DocumentsApi } from '@guildhall/documents-contract';
import { keepPhotos, readOfferedPhotos, type KeptPhotos } from '@guildhall/documents-contract/from-elsewhere';
import { Database, OUTBOUND, hasContract, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { actingFor } from '../acting';
import { BackOfficeSettings } from '../back-office.settings';
import type { HandOverRow } from '../data/hand-over-row';
import type { ToldProgress } from './plan';

/** Longer than all photos of one update are fetched and looked at for viruses: until then nobody else takes the case in hand. */
const LEASE_IN_SECONDS = 300;
/** A photo that cannot be had is tried again so much later, in seconds; what happened is told without it in the end. */
const AGAIN_AFTER = [60, 600] as const;

/** What is told, and how often its photos were tried in vain. */
export type ProgressWithPhotos = Pick<ToldProgress, 'photos'> & { readonly progress_id: string; readonly photo_tries: number };

/** Brings the photos of what happened at the far end to the case: fetched from the public internet or where the council itself has named, looked at like every photo, each once. */
@Injectable()
export class PhotosOfProgress {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi,
    @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns `later` when one of them is tried again first */
  async keep(ctx: RequestContext, { case_id: caseId, provider_id: providerId }: HandOverRow, progress: ProgressWithPhotos): Promise<KeptPhotos | 'later'> {
    const { photos, problems } = readOfferedPhotos(progress.photos ?? []);
    const unreadable = problems.map(() => 'not-an-address');
    if (!hasContract(ctx, DOCUMENTS)) return { documentIds: [], lost: (progress.photos ?? []).map(() => 'photos-are-not-kept-here') };
    await this.db.query(ctx, 'update back_office.hand_over set applying_until = $3 where council_id = $1 and case_id = $2', [ctx.council.id, caseId, new Date(this.clock.now().getTime() + LEASE_IN_SECONDS * 1000)]);
    const kept = await this.tried(ctx, caseId, photos, providerId);
    const again = AGAIN_AFTER[progress.photo_tries];
    if (again === undefined || !kept.lost.some((reason) => reason === 'does-not-answer' || reason === 'not-kept-now')) return { documentIds: kept.documentIds, lost: [...kept.lost, ...unreadable] };
    await this.db.run(ctx, (tx) => sql(tx, 'update back_office.progress set photo_tries = photo_tries + 1, photos_wait_until = $4 where council_id = $1 and case_id = $2 and progress_id = $3 returning 1 as waits', [ctx.council.id, caseId, progress.progress_id, new Date(this.clock.now().getTime() + again * 1000)]));
    return 'later';
  }

  /** One photo that the scanner, or where documents lie, will not take just now leaves the others where they are. */
  private tried(ctx: RequestContext, caseId: string, photos: Parameters<typeof keepPhotos>[3], providerId: string): Promise<KeptPhotos> {
    return keepPhotos({ outbound: this.outbound, documents: this.documents, clock: this.clock, whenUnavailable: 'lose' }, actingFor(ctx, providerId, [ADD_DOCUMENTS]), caseId, photos, this.settings.provider(ctx, providerId)?.photoOrigins);
  }
}
