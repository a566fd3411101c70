import { extensionsOf, hasContract, publicTarget } from '@guildhall/kernel';
import { isGuildhallError, refused, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { CASES, CASE_TYPE } from '@guildhall/cases-contract';
import type { SubscribeRefusal, SubscriptionFields } from '@guildhall/subscriptions-contract';
import { offeredEvents } from '../taking/outward-event';

/** Of one council: each event is compared with every subscription. */
export const MOST_SUBSCRIPTIONS = 100;

/** What is stored of the choices. */
export interface Choices { readonly title: string; readonly url: string; readonly eventTypes: readonly string[]; readonly caseTypes: readonly string[] }
export type Refused = { readonly ok: false; readonly refusal: SubscribeRefusal };

/** Checks what somebody chose against what the council has; a reason when nothing may be sent so. */
export function checkChoices(ctx: RequestContext, fields: SubscriptionFields, privateReceivers: readonly string[]): { readonly ok: true; readonly choices: Choices } | Refused {
  const url = addressOf(fields.url, privateReceivers);
  if (typeof url !== 'string') return { ok: false, refusal: url };
  const types = offeredEvents(ctx).map(({ type }) => type);
  const unknownEvent = fields.eventTypes.find((wanted) => wanted !== '*' && !types.some((type) => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted)));
  if (unknownEvent !== undefined) return refused('unknown-event', `No event of this council is called ${unknownEvent}.`);
  const caseTypes = fields.caseTypes ?? [];
  const known = new Set(caseTypesOf(ctx).map(({ id }) => id));
  const unknownCaseType = caseTypes.find((id) => !known.has(id));
  if (unknownCaseType !== undefined) return refused('unknown-case-type', `This council has no type of case that is called ${unknownCaseType}.`);
  return { ok: true, choices: { title: fields.title.trim(), url, eventTypes: [...fields.eventTypes].sort(), caseTypes: [...caseTypes].sort() } };
}

/** The council's types of case, by what they are called. */
export function caseTypesOf(ctx: RequestContext): readonly { readonly id: string; readonly title: string }[] {
  if (!hasContract(ctx, CASES)) return [];
  return extensionsOf(ctx, CASE_TYPE).map(({ id, title }) => ({ id, title: title[ctx.language] })).sort((a, b) => a.title.localeCompare(b.title));
}

function addressOf(typed: string, privateReceivers: readonly string[]): string | Refusal<'address-refused'> {
  try {
    const target = publicTarget(typed.trim(), { except: privateReceivers });
    target.hash = '';
    return target.href;
  } catch (error) {
    if (isGuildhallError(error)) return { reason: 'address-refused', message: error.message };
    throw error;
  }
}
