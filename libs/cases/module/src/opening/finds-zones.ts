import { Inject, Injectable } from '@nestjs/common';
import { unlessUnavailable } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { hasContract } from '@guildhall/kernel';
import { ADDRESSES } from '@guildhall/addresses-contract';
import type { AddressesApi, Zone } from '@guildhall/addresses-contract';
import type { CaseLocation } from '@guildhall/cases-contract';

/** A zone as cases and lists name it: `garden-waste-round:tue-2`. */
export function zoneKey({ kind, code }: Pick<Zone, 'kind' | 'code'>): string { return `${kind}:${code}`; }

/** Finds in which of the council's zones a case lies. A case is opened all the same when nobody knows. */
@Injectable()
export class FindsZones {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi) {}

  async of(ctx: RequestContext, location: Pick<CaseLocation, 'point'> | undefined): Promise<readonly Zone[]> {
    if (!location?.point || !hasContract(ctx, ADDRESSES)) return [];
    return (await unlessUnavailable(this.addresses.zonesOf(ctx, { point: location.point }))) ?? [];
  }
}
