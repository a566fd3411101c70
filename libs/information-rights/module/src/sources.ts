import { PERSONAL_DATA, type PersonalData } from '@guildhall/information-rights-contract';
import { extensionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

/** What the council's modules hold about people, in the order of a copy. @beta */
export function sourcesOf(ctx: RequestContext): readonly PersonalData[] {
  return [...extensionsOf(ctx, PERSONAL_DATA)].sort((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1));
}
