import { InvalidInput, LANGUAGES, isUuid } from '@guildhall/kernel-contract';
import type { Actor, Channel, OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';

/** The header in which a neighbouring server says for whom it asks. @public */
export const ON_BEHALF_OF = 'guildhall-on-behalf-of';

const CHANNELS: readonly Channel[] = ['web', 'telephone', 'counter', 'api', 'job'];

/** The actor, channel and language of a context, as the header carries them. @public */
export function describeActor({ actor, channel, language }: RequestContext): string {
  const described = 'permissions' in actor ? { ...actor, permissions: [...actor.permissions] } : actor;
  return Buffer.from(JSON.stringify({ channel, language, actor: described })).toString('base64url');
}

/**
 * The context in which to answer a machine that asks for somebody: their identity, and no more permissions than both have.
 * @throws InvalidInput when the header is malformed
 * @public
 */
export function contextOnBehalf(ctx: RequestContext, header: string, mayDo: ReadonlySet<string>): RequestContext {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidInput(`The header ${ON_BEHALF_OF} must be base64url of JSON.`);
  }
  const { actor, channel, language } = (given ?? {}) as { actor?: unknown; channel?: unknown; language?: unknown };
  const described = actorFrom(actor, mayDo);
  const known = CHANNELS.find((one) => one === channel);
  if (!described || !known) throw new InvalidInput(`The header ${ON_BEHALF_OF} must name an actor and a channel.`);
  const spoken = LANGUAGES.find((one) => one === language) ?? ctx.language;
  return Object.freeze({ ...ctx, actor: Object.freeze(described), channel: known, language: spoken });
}

function actorFrom(given: unknown, mayDo: ReadonlySet<string>): Actor | undefined {
  const from = (given ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof from[name] === 'string' ? from[name].slice(0, 200) : '');
  const texts = (name: string): string[] => (Array.isArray(from[name]) ? (from[name] as unknown[]).filter((one): one is string => typeof one === 'string') : []);
  const permissions = new Set(texts('permissions').filter((permission) => mayDo.has(permission)));
  switch (from.kind) {
    case 'nobody': return { kind: 'nobody' };
    case 'resident': return isUuid(text('personId')) ? ({ kind: 'resident', personId: text('personId') as PersonId, confidence: 'none' }) : undefined;
    case 'officer': return isUuid(text('officerId')) ? ({ kind: 'officer', officerId: text('officerId') as OfficerId, name: text('name'), roles: texts('roles'), teams: texts('teams'), permissions }) : undefined;
    case 'machine': return text('clientId') ? { kind: 'machine', clientId: text('clientId'), permissions } : undefined;
    case 'system': return text('job') ? { kind: 'system', job: text('job'), permissions } : undefined;
    default: return undefined;
  }
}
