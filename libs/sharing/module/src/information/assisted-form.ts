import type { FormBody } from '@guildhall/kernel';
import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, AUTHORITY_TITLES, CHECK_TITLES, type AssistedBasis } from '@guildhall/identity-contract';

/** On what authority an adviser acts, and after which checks, as a form has it; undefined where no authority was chosen. */
export function basisIn(body: FormBody): AssistedBasis | undefined {
  const authority = ASSISTED_AUTHORITIES.find((each) => each === body['authority']);
  return authority && { authority, checks: checksIn(body) };
}

/** What the form offers. @param body as it was sent, where it is shown again */
export function assistedForm(body: FormBody = {}): object {
  const checked = checksIn(body);
  return { authorities: ASSISTED_AUTHORITIES.map((value) => ({ value, text: AUTHORITY_TITLES[value], checked: body['authority'] === value })), checks: ASSISTED_CHECKS.map((value) => ({ value, text: CHECK_TITLES[value], checked: checked.includes(value) })) };
}

function checksIn(body: FormBody): AssistedBasis['checks'] { return ASSISTED_CHECKS.filter((each) => [body['checks']].flat().includes(each)); }
