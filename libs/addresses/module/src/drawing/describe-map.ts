import { Inject, Injectable } from '@nestjs/common';
import { PageRenderer } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { unlessUnavailable } from '@guildhall/kernel-contract';
import { boundsOfView, isInView, oneLine } from '@guildhall/addresses-contract';
import type { MapView, Point, StreetKind, StreetMap } from '@guildhall/addresses-contract';
import { FindPlaces } from '../finding/find-places';
import { FindStreets } from './find-streets';

const MOST_NAMES = 8;
const RANK: Readonly<Record<StreetKind, number>> = { 'main-road': 0, road: 1, lane: 2, path: 3 };

/** Says in words what a map shows: for those who do not see it. */
@Injectable()
export class DescribeMap {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(FindStreets) private readonly streets: FindStreets, @Inject(FindPlaces) private readonly places: FindPlaces) {}

  title(ctx: RequestContext): string { return this.renderer.messages.t(ctx, 'addresses.map.title'); }

  /** The streets, the main ones first, and the address nearest to the mark. What cannot be found out is left out. */
  async describe(ctx: RequestContext, view: MapView, at: Point | undefined, known?: StreetMap): Promise<string> {
    const [map, near] = await Promise.all([
      known ?? unlessUnavailable(this.streets.within(ctx, boundsOfView(view))),
      at ? unlessUnavailable(this.places.nearest(ctx, at, { withinInMetres: 200 })) : undefined,
    ]);
    const names = map ? namesIn(map, view) : [];
    const words = names.length === 0 ? 'addresses.map.shows-none' : names.length > MOST_NAMES ? 'addresses.map.shows-more' : 'addresses.map.shows';
    const shows = this.renderer.messages.t(ctx, words, names.length === 0 ? {} : { streets: names.slice(0, MOST_NAMES).join(', ') });
    const address = near?.[0]?.address;
    return address ? `${shows} ${this.renderer.messages.t(ctx, 'addresses.map.mark-near', { address: oneLine(address) })}` : shows;
  }
}

/** Names of streets of which a corner is on the map, each once. */
function namesIn(map: StreetMap, view: MapView): string[] {
  const seen = map.streets.filter((street) => street.line.some((point) => isInView(view, point)));
  const shown = seen.length > 0 ? seen : map.streets;
  return [...new Set([...shown].sort((a, b) => RANK[a.kind] - RANK[b.kind]).map((street) => street.name))];
}
