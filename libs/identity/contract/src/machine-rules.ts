import { InvalidInput, NotAllowed, demand } from '@guildhall/kernel-contract';
import type { FieldError, RequestContext } from '@guildhall/kernel-contract';
import type { RegisterMachine } from './identity-api';
import { MANAGE_MACHINES } from './permissions';

const LONGEST_DAYS = 366;

/**
 * The rules of a machine's credential, alike for every implementation of IdentityApi.
 * @public
 * @throws NotAllowed when somebody gives what they do not hold; InvalidInput
 */
export function refuseUnusable(ctx: RequestContext, { clientId, title, permissions, expiresAt }: RegisterMachine, now: Date): void {
  demand(ctx, MANAGE_MACHINES);
  const fields: FieldError[] = [];
  if (!/^[a-z][a-z0-9-]{2,59}$/.test(clientId)) fields.push({ field: 'clientId', message: 'Use 3 to 60 lower-case letters, digits and hyphens, beginning with a letter.' });
  if (title.trim() === '' || title.length > 200) fields.push({ field: 'title', message: 'Say what the system is, in at most 200 characters.' });
  if (permissions.length === 0) fields.push({ field: 'permissions', message: 'Name at least one permission.' });
  const time = expiresAt.getTime();
  if (!(time > now.getTime() && time <= now.getTime() + LONGEST_DAYS * 86_400_000)) fields.push({ field: 'expiresAt', message: `Choose an end at most ${LONGEST_DAYS} days ahead.` });
  if (fields.length) throw new InvalidInput('This credential cannot be made.', fields);
  const { actor } = ctx;
  const missing = 'permissions' in actor ? permissions.filter((permission) => !actor.permissions.has(permission)) : permissions;
  if (missing.length) throw new NotAllowed(`Nobody can give what they do not hold: ${missing.join(', ')}.`);
}
