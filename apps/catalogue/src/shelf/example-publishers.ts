import { createPublicKey, type KeyObject } from 'node:crypto';
import { councilKey } from '@guildhall/append-only-log';
import { signPublisher, type Publisher, type PublisherKind } from '@guildhall/catalogue-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { Envelope, NamedKey } from '@guildhall/sharing-contract';

/** Since when the invented keys are good. */
const KEYS_FROM = '2026-01-01T00:00:00.000Z';

interface Example { readonly id: string; readonly name: Text; readonly kind: PublisherKind; readonly scopes: readonly string[]; readonly linkedTo?: readonly string[]; readonly holders: readonly string[]; /** Waits until somebody of the catalogue lets it in. */ readonly waits?: boolean }

/** Ourselves, and invented ones: a regional body, a firm of two, a large supplier with an assessor that belongs to it, an assessor that belongs to nobody, and a council that is not let in yet. */
export const EXAMPLE_PUBLISHERS: readonly Example[] = [
  { id: 'guildhall', name: { en: 'Guildhall maintainers', cy: 'Cynhalwyr Guildhall' }, kind: 'community', scopes: ['@guildhall'], holders: ['first-maintainer', 'second-maintainer'] },
  { id: 'westmarch', name: { en: 'Westmarch Digital Partnership', cy: 'Partneriaeth Ddigidol Westmarch' }, kind: 'regional-body', scopes: ['@westmarch'], holders: ['lead-developer', 'developer'] },
  { id: 'heron-and-pike', name: { en: 'Heron and Pike', cy: 'Heron a Pike' }, kind: 'supplier', scopes: ['@heron-pike'], holders: ['developer'] },
  { id: 'skelder-systems', name: { en: 'Skelder Systems', cy: 'Systemau Skelder' }, kind: 'supplier', scopes: ['@skelder'], linkedTo: ['skelder-assurance'], holders: ['release-manager'] },
  { id: 'skelder-assurance', name: { en: 'Skelder Assurance', cy: 'Sicrwydd Skelder' }, kind: 'assessor', scopes: [], linkedTo: ['skelder-systems'], holders: ['lead-assessor'] },
  { id: 'assess-it', name: { en: 'Assess It', cy: 'Asesu’n Iawn' }, kind: 'assessor', scopes: [], holders: ['lead-assessor'] },
  { id: 'brackenfield', name: { en: 'Brackenfield District Council', cy: 'Cyngor Dosbarth Brackenfield' }, kind: 'council', scopes: ['@brackenfield'], holders: ['digital-team'], waits: true },
];
/** Scopes whose packages the catalogue itself hands out while it is tried out. */
export const EXAMPLE_SCOPES: readonly string[] = EXAMPLE_PUBLISHERS.flatMap(({ scopes }) => scopes);

/** A publisher's keys for signing: made from the catalogue's own secret, so that they are the same when it starts again. */
export function exampleKeys(ctx: RequestContext, id: string): readonly NamedKey[] {
  const { holders = [] } = EXAMPLE_PUBLISHERS.find((one) => one.id === id) ?? {};
  return holders.map((holder) => ({ keyid: `${id}#2026-${holder}`, key: councilKey(ctx, 'catalogue.example', `${id}-${holder}`) }));
}

/** What each says of itself, signed; and whether it is let in at once. */
export function examplePublishers(ctx: RequestContext): readonly { readonly envelope: Envelope; readonly isLetIn: boolean }[] { return EXAMPLE_PUBLISHERS.map((one) => ({ envelope: examplePublisher(ctx, one), isLetIn: one.waits !== true })); }

function examplePublisher(ctx: RequestContext, { id, name, kind, scopes, linkedTo = [], holders }: Example): Envelope {
  const keys = exampleKeys(ctx, id);
  const publisher: Publisher = {
    id, name, kind, scopes, linkedTo, serial: 1, contact: { email: `packages@${id}.example`, web: `https://${id}.example` },
    keys: keys.map(({ keyid, key }, at) => ({ keyid, x: publicPart(key), from: KEYS_FROM, holder: holders[at] ?? '' })),
  };
  return signPublisher(publisher, keys.slice(0, 1));
}

function publicPart(key: KeyObject): string { return createPublicKey(key as never).export({ format: 'jwk' }).x ?? ''; }
