import type { RequestContext } from '@guildhall/kernel-contract';
import { extensionsOf } from '@guildhall/kernel';
import { CASE_TYPE, findCaseType, stateOf, type CaseType } from '@guildhall/cases-contract';

/** Every registered type of case, in every version. */
export function caseTypesOf(ctx: RequestContext): readonly CaseType[] {
  return extensionsOf(ctx, CASE_TYPE);
}

/** The type of a case in the version with which it was opened. @throws Error when its package is gone from the council's configuration */
export function typeOfCase(ctx: RequestContext, record: { readonly caseType: string; readonly caseTypeVersion: number; readonly state: string }): CaseType {
  const type = findCaseType(caseTypesOf(ctx), record.caseType, record.caseTypeVersion);
  if (!type) throw new Error(`Cases of the type ${record.caseType} version ${record.caseTypeVersion} are kept, but nothing registers it. Put the package that brought it back into modules.`);
  stateOf(type, record.state);
  return type;
}
