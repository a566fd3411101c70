import { Inject, Injectable } from '@nestjs/common';
import { ADDRESSES, boundsAround, type AddressesApi, type Extent } from '@guildhall/addresses-contract';
import { unlessUnavailable, type RequestContext } from '@guildhall/kernel-contract';
import type { Ground } from '@guildhall/services-contract';

/** What can be typed as an example, and is found when somebody tries it. Each is absent where the gazetteer has none. */
export interface Examples { readonly street?: string; readonly postcode?: string; readonly ground?: Ground }

/** Takes the examples of questions about places from the council's own gazetteer: one that is made up finds nothing, and says that a search does not work. */
@Injectable()
export class LocalExamples {
  /** By council and language: a gazetteer keeps its middle while a server runs. */
  readonly #known = new Map<string, Examples>();

  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi) {}

  async of(ctx: RequestContext): Promise<Examples> {
    const key = `${ctx.council.id} ${ctx.language}`;
    const known = this.#known.get(key);
    if (known) return known;
    const extent = await unlessUnavailable(this.addresses.extent(ctx));
    if (!extent) return {};
    const [street, [near]] = await Promise.all([
      unlessUnavailable(this.streetIn(ctx, extent)),
      unlessUnavailable(this.addresses.nearest(ctx, extent.centre, { withinInMetres: 1_000 })).then((found) => found ?? []),
    ]);
    const { bounds, centre } = extent;
    const examples: Examples = {
      ...(street && { street }), ...(near && { postcode: near.address.postcode }),
      ground: { bounds, council: ctx.council.name, example: `${centre.latitude.toFixed(4)}, ${centre.longitude.toFixed(4)}` },
    };
    this.#known.set(key, examples);
    return examples;
  }

  /** A street near the middle, by a name that the search finds in this language. */
  private async streetIn(ctx: RequestContext, { centre }: Extent): Promise<string | undefined> {
    const { streets } = await this.addresses.streetsWithin(ctx, boundsAround(centre, 250));
    const name = streets.find(({ name: one }) => one.includes(' '))?.name;
    return name && (await this.addresses.searchStreets(ctx, name, { limit: 1 }))[0]?.name;
  }
}
