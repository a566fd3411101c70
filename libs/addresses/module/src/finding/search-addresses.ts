import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { parsePostcode } from '@guildhall/addresses-contract';
import type { AddressMatches, AddressQuery, SearchRefusal, Street } from '@guildhall/addresses-contract';
import { AbleProviders } from './able-providers';
import { FindAreas } from './find-areas';
import { within } from './limits';

/** Longer than any address: the rest is not looked at. */
const LONGEST = 200;

/** Finds addresses by postcode or by words, and streets by name. */
@Injectable()
export class SearchAddresses {
  constructor(@Inject(AbleProviders) private readonly providers: AbleProviders, @Inject(FindAreas) private readonly areas: FindAreas) {}

  async search(ctx: RequestContext, query: AddressQuery): Promise<Outcome<AddressMatches, SearchRefusal>> {
    const limit = within(query.limit, { usual: 10, most: 100 });
    if ('postcode' in query) {
      const postcode = parsePostcode(query.postcode);
      if (!postcode) return refused('not-a-postcode', 'This is not a postcode. Write it like ZZ99 1AB.');
      const building = query.building?.trim().slice(0, LONGEST) || undefined;
      return done(await this.#withAreas(ctx, await this.providers.ask(ctx, 'postcode-search', (provider) => provider.search?.({ kind: 'postcode', postcode, building, limit, language: ctx.language }))));
    }
    const text = query.text.slice(0, LONGEST).trim();
    if ((text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) return refused('too-little-text', 'Write at least two letters or digits.');
    return done(await this.#withAreas(ctx, await this.providers.ask(ctx, 'text-search', (provider) => provider.search?.({ kind: 'text', text, limit, language: ctx.language }))));
  }

  async streets(ctx: RequestContext, text: string, limit: number | undefined): Promise<readonly Street[]> {
    const words = text.slice(0, LONGEST).trim();
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    return this.providers.ask(ctx, 'street-search', (provider) => provider.searchStreets?.(words, { limit: within(limit, { usual: 10, most: 50 }), language: ctx.language }));
  }

  async #withAreas(ctx: RequestContext, matches: AddressMatches): Promise<AddressMatches> {
    return { ...matches, addresses: await Promise.all(matches.addresses.map((address) => this.areas.withAreas(ctx, address))) };
  }
}
