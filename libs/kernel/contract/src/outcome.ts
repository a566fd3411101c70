/** An expected refusal, with a closed `reason`. @public */
export interface Refusal<Reason extends string = string> { readonly reason: Reason; readonly message: string }

/** What a use case returns when it may expectedly be refused. @public */
export type Outcome<Value, R extends Refusal = Refusal> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: R };

/** @public */
export function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}
/** @public */
export function refused<Reason extends string>(reason: Reason, message: string): { readonly ok: false; readonly refusal: Refusal<Reason> } {
  return { ok: false, refusal: { reason, message } };
}
/** Closes a switch over a union: the compiler finds the case that is missing. @public */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}. Add it to the switch.`);
}
