import { Inject, Injectable } from '@nestjs/common';
import { LOG, extensionsOf, hasModule } from '@guildhall/kernel';
import { ADDRESSES, oneLine, parsePostcode, parseUprn } from '@guildhall/addresses-contract';
import type { Address, AddressesApi, Zone } from '@guildhall/addresses-contract';
import { isGuildhallError, unlessUnavailable } from '@guildhall/kernel-contract';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { AREA_PANEL } from '@guildhall/portal-contract';
import type { AskedPlace, PortalPanel } from '@guildhall/portal-contract';
import { loadPanels } from '../panels/load-panels';

/** An address of the postcode that can be chosen. */
export interface ChoosableAddress { readonly text: string; readonly uprn: string }

/** What is known of a place, or why nothing is. */
export type AreaFound =
  | { readonly kind: 'nothing-asked' | 'wrong-postcode' | 'unavailable' }
  | { readonly kind: 'unknown-postcode'; readonly postcode: string }
  | { readonly kind: 'outside'; readonly place: string }
  | { readonly kind: 'found'; readonly place: string; readonly postcode: string; readonly ward?: string; readonly zones: readonly Zone[]; readonly isOneAddress: boolean; readonly addresses: readonly ChoosableAddress[]; readonly building?: string; readonly panels: readonly PortalPanel[] };

/** Says what a postcode or an address belongs to, and what modules know of it. */
@Injectable()
export class LookUpArea {
  constructor(@Inject(ADDRESSES.token) private readonly addresses: AddressesApi, @Inject(LOG) private readonly log: Log) {}

  /** @param asked the postcode as typed, and perhaps one of its addresses by UPRN, or the number or name of the building */
  async for(ctx: RequestContext, asked: { readonly postcode?: string; readonly uprn?: string; readonly building?: string }): Promise<AreaFound> {
    if (!hasModule(ctx, 'addresses')) return { kind: 'unavailable' };
    if (asked.postcode === undefined) return { kind: 'nothing-asked' };
    const postcode = parsePostcode(asked.postcode);
    if (!postcode) return { kind: 'wrong-postcode' };
    try {
      const found = await this.addresses.search(ctx, { postcode, limit: 100 });
      if (!found.ok || found.value.addresses.length === 0) return { kind: 'unknown-postcode', postcode };
      const chosen = chosenOf(found.value.addresses, asked.uprn);
      const narrowed = asked.building && !chosen ? await this.addresses.search(ctx, { postcode, building: asked.building, limit: 100 }) : undefined;
      return await this.tell(ctx, postcode, found.value.addresses, { chosen, building: asked.building, offered: narrowed?.ok ? narrowed.value.addresses : found.value.addresses });
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return { kind: 'unavailable' };
      throw error;
    }
  }

  /** A postcode that is found: one from the middle of the council's area. */
  async example(ctx: RequestContext): Promise<string | undefined> {
    if (!hasModule(ctx, 'addresses')) return undefined;
    return unlessUnavailable(this.inTheMiddle(ctx));
  }

  private async inTheMiddle(ctx: RequestContext): Promise<string | undefined> {
    const { centre } = await this.addresses.extent(ctx);
    const [near] = await this.addresses.nearest(ctx, centre, { withinInMetres: 1_000 });
    return near?.address.postcode;
  }

  private async tell(ctx: RequestContext, postcode: string, addresses: readonly Address[], choice: { readonly chosen?: Address; readonly building?: string; readonly offered: readonly Address[] }): Promise<AreaFound> {
    const { chosen, building, offered } = choice;
    const place = chosen ? oneLine(chosen) : postcode;
    const area = await this.addresses.areaOf(ctx, chosen ? { uprn: chosen.uprn } : { postcode });
    if (area && area.districtCode !== ctx.council.gssCode) return { kind: 'outside', place };
    const wards = new Set(addresses.map(({ ward }) => ward?.code));
    const ward = chosen?.ward ?? (wards.size === 1 ? (area?.ward ?? addresses[0]?.ward) : undefined);
    const asked: AskedPlace = { postcode, uprn: chosen?.uprn, ward, point: (chosen ?? addresses[0])?.point };
    const { panels } = await loadPanels(ctx, this.log, extensionsOf(ctx, AREA_PANEL).map((panel) => ({ id: panel.id, order: panel.order, load: (context: RequestContext) => panel.load(context, asked) })));
    return {
      kind: 'found', place, postcode, ward: ward?.name, zones: zonesOfAll(chosen ? [chosen] : addresses), isOneAddress: chosen !== undefined, building, panels,
      addresses: chosen ? [] : offered.map((address) => ({ text: oneLine(address), uprn: address.uprn })),
    };
  }
}

/** The zones in which every one of the addresses lies. */
function zonesOfAll([first, ...others]: readonly Address[]): readonly Zone[] {
  return (first?.zones ?? []).filter(({ kind, code }) => others.every(({ zones }) => zones?.some((zone) => zone.kind === kind && zone.code === code)));
}

function chosenOf(addresses: readonly Address[], uprn: string | undefined): Address | undefined {
  const wanted = uprn === undefined ? undefined : parseUprn(uprn);
  return wanted ? addresses.find((address) => address.uprn === wanted) : addresses.length === 1 ? addresses[0] : undefined;
}
