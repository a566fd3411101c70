import type { ProviderDependencies } from '@guildhall/kernel-contract';

/** What a council sets of postcodes.io. @public */
export interface PostcodesIoOptions {
  /** `https://api.postcodes.io` unless told; a council may run the same server itself, and then no postcode leaves it. */
  readonly origin?: string;
  /** For one call; 4 unless told. A call that fails for now is made once more. */
  readonly timeoutInSeconds?: number;
}

/** What the provider needs of the kernel. */
export type Needs = Pick<ProviderDependencies, 'outbound' | 'ids' | 'log' | 'council'>;
