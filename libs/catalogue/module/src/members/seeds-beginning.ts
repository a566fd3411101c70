import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Database, type Seeder } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import type { ContributionKind, Written } from '../contributing/forms';
import { Efforts, type Effort } from '../counting/efforts';
import { OwnFeed } from '../logging/own-feed';
import { AdmitsPublishers } from '../publishing/admits-publishers';
import { Organisations, type Organisation } from './organisations';

/** What a development database begins with: invented, and put in once. @public */
export interface Beginning {
  /** What publishers say of themselves, and whether they are let in at once. */
  readonly publishers: (ctx: RequestContext) => readonly { readonly envelope: Envelope; readonly isLetIn: boolean }[];
  readonly organisations: readonly Organisation[];
  readonly contributions: readonly { readonly kind: ContributionKind; readonly organisationId: string; readonly packageName: string | null; readonly at: string; readonly written: Written }[];
  readonly efforts: readonly Effort[];
}

/** Puts in what a catalogue is tried out with. */
@Injectable()
export class SeedsBeginning implements Seeder {
  constructor(
    private readonly db: Database, private readonly own: OwnFeed, private readonly admitting: AdmitsPublishers, private readonly organisations: Organisations, private readonly efforts: Efforts,
    @Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async seed(ctx: RequestContext): Promise<void> {
    const { beginsWith } = this.own.options(ctx);
    if (!beginsWith || (await this.organisations.list(ctx)).length > 0) return;
    for (const { envelope, isLetIn } of beginsWith.publishers(ctx)) {
      const submitted = await this.catalogue.submitPublisher(ctx, envelope);
      if (submitted.ok && isLetIn && submitted.value.state === 'waiting') await this.admitting.admit(ctx, submitted.value.id);
    }
    for (const organisation of beginsWith.organisations) await this.organisations.add(ctx, organisation);
    for (const { kind, organisationId, packageName, at, written } of beginsWith.contributions) {
      await this.db.query(ctx, 'insert into catalogue.contribution (council_id, contribution_id, kind, organisation_id, package_name, written, at) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.council.id, this.ids.uuid(), kind, organisationId, packageName, JSON.stringify(written), new Date(Math.min(Date.parse(at), this.clock.now().getTime()))]);
    }
    for (const effort of beginsWith.efforts) await this.efforts.add(ctx, effort);
  }
}
