import { Inject, Injectable } from '@nestjs/common';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { LOG, hasContract } from '@guildhall/kernel';
import { ADDRESSES } from '@guildhall/addresses-contract';
import type { AddressesApi, Zone } from '@guildhall/addresses-contract';
import type { CaseLocation } from '@guildhall/cases-contract';

/** A zone as cases and lists name it: `garden-waste-round:tue-2`. */
export function zoneKey({ kind, code }: Pick<Zone, 'kind' | 'code'>): string { return `${kind}:${code}`; }

/** Finds in which of the council's zones a case lies. A case is opened all the same when nobody knows, whatever is wrong with whoever should: that is for the log. */
@Injectable()
export class FindsZones {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi, @Inject(LOG) private readonly log: Log) {}

  /** None too when nobody knows. */
  async of(ctx: RequestContext, location: Pick<CaseLocation, 'point'> | undefined): Promise<readonly Zone[]> {
    return (await this.known(ctx, location)) ?? [];
  }

  /** Undefined when nobody knows just now. */
  async known(ctx: RequestContext, location: Pick<CaseLocation, 'point'> | undefined): Promise<readonly Zone[] | undefined> {
    if (!location?.point || !hasContract(ctx, ADDRESSES)) return [];
    try {
      return await this.addresses.zonesOf(ctx, { point: location.point });
    } catch (error) {
      this.log.warn('cases.zones-not-found', { council: ctx.council.slug, correlationId: ctx.correlationId, error: isGuildhallError(error) ? error.code : error instanceof Error ? error.name : typeof error });
      return undefined;
    }
  }
}
