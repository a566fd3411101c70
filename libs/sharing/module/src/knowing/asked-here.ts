import { extensionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { SERVICE, SERVICE_EXTENSION, installService } from '@guildhall/services-contract';
import { CHANGE_TAKER, type Agreement, type AskedFor } from '@guildhall/sharing-contract';
import type { SharingOptions } from '../sharing.options';

/**
 * What the receiver of an agreement asks for here: the questions of its services, the changes that its records take, and what the configuration names beside. Nothing where this body does not ask alone,
 * or where neither services nor the configuration say: then nobody here can know.
 */
export function askedHere(ctx: RequestContext, { receivers, purpose }: Pick<Agreement, 'receivers' | 'purpose'>, { body, alsoAsked }: Pick<SharingOptions, 'body' | 'alsoAsked'>): readonly AskedFor[] | undefined {
  const services = extensionsOf(ctx, SERVICE);
  if (receivers.some((one) => one !== body) || (services.length === 0 && !alsoAsked)) return undefined;
  const extensions = extensionsOf(ctx, SERVICE_EXTENSION);
  const questions = services.flatMap((registration) => [...installService(registration, extensions).questions.values()].map((question) => ({ slug: registration.slug, ...question })));
  return [
    ...questions.flatMap(({ slug, attribute, purposes = [slug] }) => (attribute ? purposes.map((one) => ({ attribute, purpose: one })) : [])),
    ...extensionsOf(ctx, CHANGE_TAKER).flatMap(({ attributes }) => attributes.map((attribute) => ({ attribute, purpose }))), ...(alsoAsked ?? []),
  ];
}
