import { InvalidInput } from '@guildhall/kernel-contract';
import { validateSync } from 'class-validator';

/**
 * Checks a request at the edge of every implementation, whichever way it came.
 * @public
 * @throws InvalidInput with the field of every mistake
 * @example checkRequest(CreateSubscription, request);
 */
export function checkRequest<Request extends object>(type: new () => Request, request: Request): void {
  const mistakes = validateSync(Object.assign(new type(), request), { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  if (mistakes.length) throw new InvalidInput('The request has mistakes. Each is named in errors.', mistakes.flatMap(({ property, constraints = {} }) => Object.values(constraints).map((message) => ({ field: property, message }))));
}
