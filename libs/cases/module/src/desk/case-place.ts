import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { hasContract } from '@guildhall/kernel';
import { ADDRESSES, mapAround, mapImagePath } from '@guildhall/addresses-contract';
import { placeWords, wordsIn } from '@guildhall/cases-contract';
import type { CaseView } from '@guildhall/cases-contract';
import { FindsZones } from '../opening/finds-zones';

/** Says where a case is: in words, on a map, and in which of the council's zones, as they are drawn today. */
@Injectable()
export class CasePlace {
  constructor(@Inject(FindsZones) private readonly zones: FindsZones) {}

  async of(ctx: RequestContext, { location }: CaseView): Promise<object | undefined> {
    if (!location) return undefined;
    const { lines, postcode, ward, note, point, near, isMarked } = location;
    const known = point && hasContract(ctx, ADDRESSES) ? point : undefined;
    return {
      address: [...(lines ?? []), postcode].filter(Boolean).join(', '), marked: isMarked || !(lines?.length || postcode) ? placeWords({ point, near, isMarked }).map((line) => wordsIn(line, ctx.language)).join(' ') : undefined,
      ward: ward?.name, zones: known && await this.zones.of(ctx, { point: known }), note, point, map: known && mapImagePath(mapAround(known, 17), { language: ctx.language, at: known }),
    };
  }
}
