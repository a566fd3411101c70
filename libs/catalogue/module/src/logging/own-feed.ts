import type { KeyObject } from 'node:crypto';
import { councilKey } from '@guildhall/append-only-log';
import type { RequestContext } from '@guildhall/kernel-contract';
import { verifierKey, type NoteKey } from '@guildhall/sharing-contract';
import type { CatalogueOptions } from '../catalogue.options';

/** How this catalogue is kept, and the key by which its feed is known. */
export class OwnFeed {
  readonly #keys = new Map<string, KeyObject>();

  constructor(private readonly optionsOf: (ctx: RequestContext) => CatalogueOptions) {}

  options(ctx: RequestContext): CatalogueOptions { return this.optionsOf(ctx); }

  noteKey(ctx: RequestContext): NoteKey {
    const { feedOrigin, keys: [newest] } = this.optionsOf(ctx);
    if (!newest) throw new Error('catalogue({ keys }) names no key: { name: "2026-1" } makes one.');
    const known = `${ctx.council.id} ${newest.name}`;
    const key = this.#keys.get(known) ?? councilKey(ctx, 'catalogue.signing', newest.name);
    this.#keys.set(known, key);
    return { name: feedOrigin, key };
  }

  /** As whoever subscribes keeps it (C2SP signed-note). */
  verifierKey(ctx: RequestContext): string { return verifierKey(this.noteKey(ctx)); }
}
