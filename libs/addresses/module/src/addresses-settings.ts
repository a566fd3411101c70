import { optionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AddressesOptions } from './options';

/** Finds the council's options; given by the module's definition, which the files that need them would otherwise import in a circle. */
export class AddressesSettings {
  constructor(readonly of: (ctx: RequestContext) => AddressesOptions) {}
  static reading(module: Parameters<typeof optionsOf<AddressesOptions>>[1]): AddressesSettings { return new AddressesSettings((ctx) => optionsOf(ctx, module)); }
}
