import { Inject, Injectable } from '@nestjs/common';
import { ADDRESSES, mapAround, parsePoint, readMapForm, type AddressesApi, type MapAnswer, type MapPicture, type MapView, type Point } from '@guildhall/addresses-contract';
import { unlessUnavailable, type RequestContext } from '@guildhall/kernel-contract';
import type { RawFields } from '@guildhall/services-contract';

/** The map beside a question about a place. Where the gazetteer knows no streets, or does not answer, the page has its other ways to say where. */
@Injectable()
export class ShowMap {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi) {}

  /** What was done with the map in a form, and the point that counts: picked just now, else as it stands in the field. */
  async read(ctx: RequestContext, question: string, raw: RawFields): Promise<MapAnswer | undefined> {
    const start = await this.firstView(ctx, undefined);
    if (!start) return undefined;
    const answer = readMapForm(raw, question, start);
    if (answer.did === 'picked' || raw[`${question}-typed-point`] === undefined) return answer;
    return { ...answer, point: parsePoint(typedPoint(question, raw)) };
  }

  async picture(ctx: RequestContext, view: MapView | undefined, point: Point | undefined): Promise<MapPicture | undefined> {
    const shown = view ?? (await this.firstView(ctx, point));
    return shown && unlessUnavailable(this.addresses.picture(ctx, shown, { at: point }));
  }

  private async firstView(ctx: RequestContext, point: Point | undefined): Promise<MapView | undefined> {
    if (point) return mapAround(point, 17);
    const extent = await unlessUnavailable(this.addresses.extent(ctx));
    return extent && mapAround(extent.centre, 14);
  }
}

/** The point as it was typed. */
export function typedPoint(question: string, raw: RawFields): string {
  const typed = raw[`${question}-typed-point`];
  return (typeof typed === 'string' ? typed : (typed?.[0] ?? '')).trim();
}

/** The fields as the journey engine reads them: one point, whether it was typed or picked. */
export function withPoint(question: string, raw: RawFields, map: MapAnswer | undefined): RawFields {
  const typed = raw[`${question}-typed-point`] === undefined ? undefined : typedPoint(question, raw);
  const picked = map?.did === 'picked' && map.point ? `${map.point.latitude}, ${map.point.longitude}` : undefined;
  const point = picked ?? typed;
  return point === undefined ? raw : { ...raw, [`${question}-point`]: point };
}
