import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { InvalidInput, type Language, type RequestContext } from '@guildhall/kernel-contract';
import { searchServices, viewOfService, type ServiceView, type ServicesApi } from '@guildhall/services-contract';
import { InstalledServices } from './installed-services';

/** What the council offers, for lists, searches and other systems. */
@Injectable()
export class OfferServices implements ServicesApi {
  constructor(@Inject(InstalledServices) private readonly installed: InstalledServices, @Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext): Promise<readonly ServiceView[]> {
    return byTitle([...this.installed.all(ctx).values()].map(viewOfService), ctx.language);
  }

  async find(ctx: RequestContext, slug: string): Promise<ServiceView | undefined> {
    const found = this.installed.all(ctx).get(slug);
    return found && viewOfService(found);
  }

  async search(ctx: RequestContext, words: string, limit = 20): Promise<readonly ServiceView[]> {
    if (words.length > 200) throw new InvalidInput('Search with at most 200 characters.', [{ field: 'q', message: 'must be at most 200 characters' }]);
    return searchServices(await this.list(ctx), words, clamped(limit, 20, 100));
  }

  async mostUsed(ctx: RequestContext, limit = 6): Promise<readonly ServiceView[]> {
    const rows = await this.db.query<{ service: string }>(ctx, 'select service from services.usage where council_id = $1 group by service order by sum(submitted) desc, service limit 100', [ctx.council.id]);
    const rank = new Map(rows.map(({ service }, index) => [service, index]));
    const listed = await this.list(ctx);
    return [...listed].sort((a, b) => (rank.get(a.slug) ?? Infinity) - (rank.get(b.slug) ?? Infinity) || 0).slice(0, clamped(limit, 6, 100));
  }
}

function byTitle(views: readonly ServiceView[], language: Language): readonly ServiceView[] {
  return [...views].sort((a, b) => a.title[language].localeCompare(b.title[language], language));
}
function clamped(value: number, usual: number, most: number): number {
  return Number.isFinite(value) ? Math.max(1, Math.min(most, Math.trunc(value))) : usual;
}
