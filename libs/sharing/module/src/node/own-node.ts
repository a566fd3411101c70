import { createPublicKey, type KeyObject } from 'node:crypto';
import { councilKey } from '@guildhall/append-only-log';
import type { Clock, OutboundRequest, RequestContext, Text } from '@guildhall/kernel-contract';
import { keysAt, type Body, type Guideline, type NamedKey, type NoteKey } from '@guildhall/sharing-contract';
import { waysHere } from '../linking/ways-here';
import type { SharingOptions } from '../sharing.options';

/** This body as others know it, and the keys with which it signs. @internal */
export class OwnNode {
  readonly #keys = new Map<string, KeyObject>();
  readonly #bodies = new Map<string, Body>();

  constructor(private readonly optionsOf: (ctx: RequestContext) => SharingOptions, private readonly clock: Clock) {}

  id(ctx: RequestContext): string { return this.optionsOf(ctx).body; }
  options(ctx: RequestContext): SharingOptions { return this.optionsOf(ctx); }

  /** All that it keeps to: its own guideline first. */
  guidelines(ctx: RequestContext): readonly Guideline[] {
    const { guideline, guidelines = [] } = this.optionsOf(ctx);
    return guideline ? [guideline, ...guidelines] : guidelines;
  }

  /** Who issues the lists that are followed here: what they are called, by their ids. */
  issuers(ctx: RequestContext): Readonly<Record<string, Text>> { return Object.fromEntries((this.optionsOf(ctx).lists ?? []).map(({ by: { id, name } }): [string, Text] => [id, name])); }

  /** How a body is called. Where somebody compared the keys they saw the address, too; one from a list nobody here has looked at: it must lead to the public internet, or to a private node that the council names. */
  guard(ctx: RequestContext, isListed: boolean): Pick<OutboundRequest, 'onlyPublic'> {
    const { privateNodes: except = [] } = this.optionsOf(ctx);
    return isListed ? { onlyPublic: { except } } : {};
  }

  /** What others must know to share with it: the same as long as the process runs. */
  body(ctx: RequestContext): Body {
    const known = this.#bodies.get(ctx.council.id);
    if (known) return known;
    const body = this.#made(ctx);
    this.#bodies.set(ctx.council.id, body);
    return body;
  }

  #made(ctx: RequestContext): Body {
    const { body: id, name, logOrigin, keys, deployment } = this.optionsOf(ctx);
    return { id, name, endpoint: `${ctx.council.origin}/sharing`, logOrigin, ...(deployment?.suppliers && { suppliers: deployment.suppliers }), keys: keys.map(({ name: own, ...period }) => ({ keyid: `${id}#${own}`, x: createPublicKey(this.#key(ctx, own)).export({ format: 'jwk' }).x ?? '', ...period })), waysToLink: waysHere(ctx) };
  }

  /** The first that is good now; where none is, the first: others say that it is not. */
  signer(ctx: RequestContext): NamedKey {
    const body = this.body(ctx);
    const keyid = (keysAt(body, this.clock.now())[0] ?? body.keys[0])?.keyid;
    if (keyid === undefined) throw new Error('sharing({ keys }) names no key: { name: "2026-1", from: "2026-04-01T00:00:00Z" } makes one.');
    return { keyid, key: this.#key(ctx, keyid.slice(body.id.length + 1)) };
  }

  /** The same key, under the name of the log. */
  noteKey(ctx: RequestContext): NoteKey { return { name: this.optionsOf(ctx).logOrigin, key: this.signer(ctx).key }; }

  /** Made from the council's secret each time the process starts: whoever reads the database cannot sign. */
  #key(ctx: RequestContext, name: string): KeyObject {
    const known = `${ctx.council.id} ${name}`;
    const kept = this.#keys.get(known);
    if (kept) return kept;
    const key = councilKey(ctx, 'sharing.signing', name);
    this.#keys.set(known, key);
    return key;
  }
}
