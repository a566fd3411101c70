import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { Ctx, PageRenderer, Public, page, type PageResult } from '@guildhall/kernel';
import { NotFound, type RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Contributions } from '../contributing/contributions';
import { newestState, noticesAbout, noticesIn, releaseIn } from '../describing/opened';
import { askedToCompare, compare, type Side } from './compare';

/** Two to four packages or versions side by side. What is compared stands in the address, so that it can be sent to somebody. */
@Controller('catalogue/compare')
export class CompareController {
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, private readonly contributions: Contributions, private readonly renderer: PageRenderer) {}

  @Get() @Public()
  async show(@Ctx() ctx: RequestContext, @Query('of') of?: unknown): Promise<PageResult> {
    const { asked, fault } = askedToCompare(of);
    const say = (key: string, values?: Record<string, string>): string => this.renderer.messages.t(ctx, `catalogue.compare.${key}`, values);
    const counts = await this.contributions.counts(ctx, asked.map(({ name }) => name));
    const found = await Promise.all(asked.map(async ({ name, version }): Promise<Side | undefined> => {
      try {
        const listing = await this.catalogue.listing(ctx, name);
        const shown = version ?? listing.latest;
        const { facts, release, assessments, publisher: states } = await this.catalogue.release(ctx, name, shown);
        const { adopters = 0, offers = 0 } = counts.get(name) ?? {};
        const { id, name: called } = newestState(states);
        return { facts, publisher: `${called[ctx.language]} (${id})`, publishedAt: releaseIn(release).publishedAt, noticed: [...new Set(noticesAbout(noticesIn(listing.notices), name, shown).map(({ kind }) => kind))], assessments: assessments.length, adopters, offers };
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    }));
    const sides = found.filter((side) => side !== undefined);
    const missing = asked.filter((_one, at) => found[at] === undefined).map(({ name, version }) => (version === undefined ? name : `${name} ${version}`));
    const typed = Array.from({ length: 4 }, (_none, at) => (asked[at] ? `${asked[at].name}${asked[at].version === undefined ? '' : `@${asked[at].version}`}` : ''));
    const errors = of === undefined ? [] : [...(fault ? [{ field: 'of-1', message: say(fault) }] : []), ...missing.map((name) => ({ field: 'of-1', message: say('not-listed', { name }) }))];
    return page('catalogue/compare', { sides, rows: sides.length > 1 ? compare(sides, ctx.language) : [], typed, errors });
  }
}
