import { done, may, refused } from '@guildhall/kernel-contract';
import type { Actor, Outcome, Permission, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { CaseState, CaseTransition, CaseType, Mover } from './case-type';
import { DECIDE_CASES, WORK_ON_CASES } from './permissions';

/** Why a move is refused. @public */
export type MoveRefusal = Refusal<'not-possible-now' | 'not-yours-to-do' | 'reasons-missing'>;

/** The state of a type by its name. @public @throws Error when the type has no such state: the case's version is then not registered any more */
export function stateOf(type: CaseType, state: string): CaseState {
  const found = Object.hasOwn(type.states, state) ? type.states[state] : undefined;
  if (!found) throw new Error(`The case type ${type.id} version ${type.version} has no state ${state}. Keep the version with which the case was opened in "earlier".`);
  return found;
}

/** The transition of a type by its id. @public */
export function transitionOf(type: CaseType, id: string): CaseTransition | undefined {
  return type.transitions.find((transition) => transition.id === id);
}

/** Every way out of a state, in the order of the table. @public */
export function transitionsFrom(type: CaseType, state: string): readonly CaseTransition[] {
  return type.transitions.filter((transition) => transition.from.includes(state));
}

/** What a transition asks of an officer. @public */
export function permissionOf(transition: CaseTransition): Permission {
  return transition.permission ?? (transition.decision ? DECIDE_CASES : WORK_ON_CASES);
}

/** As what somebody moves a case: machines stand in for officers. @public */
export function moverOf(actor: Actor): Mover {
  if (actor.kind === 'officer' || actor.kind === 'machine') return 'officer';
  return actor.kind === 'system' ? 'system' : 'resident';
}

/** Whether this transition is for such a mover. @public */
export function isFor(transition: CaseTransition, mover: Mover): boolean {
  return (transition.by ?? ['officer']).includes(mover);
}

/** The ways out of a state that the actor of this context may take. Whose case it is, is not asked here. @public */
export function permittedTransitions(ctx: RequestContext, type: CaseType, state: string): readonly CaseTransition[] {
  const mover = moverOf(ctx.actor);
  return transitionsFrom(type, state).filter((transition) => isFor(transition, mover) && (mover !== 'officer' || may(ctx, permissionOf(transition))));
}

/**
 * Whether a case in a state may be moved so: the whole rule, without a database. Permissions are asked by the caller, who knows the actor.
 * @public
 */
export function checkMove(type: CaseType, state: string, move: { readonly transition: string; readonly by: Mover; readonly reasons?: string }): Outcome<CaseTransition, MoveRefusal> {
  const transition = transitionOf(type, move.transition);
  if (!transition?.from.includes(state)) return refused('not-possible-now', `A case that is "${stateOf(type, state).title.en}" cannot go by "${transition?.title.en ?? move.transition}".`);
  if (!isFor(transition, move.by)) return refused('not-yours-to-do', `"${transition.title.en}" is not for a ${move.by}.`);
  const mustGiveReasons = transition.reasons?.required === true || transition.decision !== undefined;
  if (mustGiveReasons && !move.reasons?.trim()) return refused('reasons-missing', `Give the reasons for "${transition.title.en}".`);
  return done(transition);
}

/** Whether the resident reads the reasons that were given for a transition. @public */
export function areReasonsPublic(transition: CaseTransition): boolean {
  return transition.decision !== undefined || transition.reasons?.public === true;
}

/** The registered type of a case; the newest version when none is named. Versions are registered beside one another, or named in "earlier". @public */
export function findCaseType(types: readonly CaseType[], id: string, version?: number): CaseType | undefined {
  const versions = types.filter((type) => type.id === id).flatMap((type) => [type, ...(type.earlier ?? [])]);
  if (version !== undefined) return versions.find((type) => type.version === version);
  return versions.reduce<CaseType | undefined>((newest, type) => (newest && newest.version >= type.version ? newest : type), undefined);
}
