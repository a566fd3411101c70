import type { FollowedFeed } from './federating/followed-feed';
import type { Beginning } from './members/seeds-beginning';

/** How a catalogue is kept. @public */
export interface CatalogueOptions {
  /** The name of its feed to others: `catalogue.westmarch.example/feed`. It never changes. */
  readonly feedOrigin: string;
  /** Keys of its feed, the newest first: made from the council's own secret and the key's name. The first signs. */
  readonly keys: readonly { readonly name: string }[];
  /** Where packages of a scope are: `{ '@westmarch': 'https://packages.westmarch.example' }`. `*` is for all others; without it they are refused. Each of these may be inside its own network. */
  readonly registries: Readonly<Record<string, string>>;
  /** So much may wait of one publisher at once; 500 unless told. */
  readonly mostWaiting?: number;
  /** What a development database begins with; nothing unless told. */
  readonly beginsWith?: Beginning;
  /** Other catalogues whose feeds are mirrored: what they list is listed here by the same rules, and stays when they are gone. */
  readonly feeds?: readonly FollowedFeed[];
}
