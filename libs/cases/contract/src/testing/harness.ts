import { strict as assert } from 'node:assert';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { Actor, OfficerId, Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { CaseView, OpenedCase } from '../case';
import type { CasesApi } from '../cases-api';
import { ASSIGN_CASES, DECIDE_CASES, NOTE_ON_CASES, OPEN_CASES, SEE_CASES, WORK_ON_CASES } from '../permissions';
import type { OpenCase } from '../requests';
import type { WorkingCalendar } from '../working-days';
import { testPothole } from './pothole';

/**
 * An implementation of CasesApi at one council, where `testPothole` is registered, beginning without cases.
 * Abilities: `clock` (time can be moved on), `two-councils`.
 * @public
 */
export interface CasesHarness {
  readonly cases: CasesApi;
  /** A context of the council with this actor. */
  as(actor: Actor): RequestContext;
  /** UUIDv7, fresh each time. */
  newId(): string;
  /** The council's working days. */
  readonly calendar: WorkingCalendar;
  /** Needs `clock`: moves time on by so many days. */
  advanceDays?(days: number): Promise<void>;
  /** Needs `two-councils`: the same implementation at another council. */
  readonly elsewhere?: { readonly cases: CasesApi; as(actor: Actor): RequestContext };
}

const ALL = [SEE_CASES, OPEN_CASES, NOTE_ON_CASES, WORK_ON_CASES, DECIDE_CASES, ASSIGN_CASES].map(({ id }) => id);

/** An officer with these permissions, or all but assigning. @internal */
export function officer(harness: CasesHarness, name = 'Sam Officer', permissions: readonly string[] = ALL.filter((id) => id !== ASSIGN_CASES.id), officerId = harness.newId()): RequestContext {
  return harness.as({ kind: 'officer', officerId: officerId as OfficerId, name, roles: ['case-officer'], teams: ['streets'], permissions: new Set(permissions) });
}
/** @internal */
export function manager(harness: CasesHarness): RequestContext { return officer(harness, 'Meg Manager', ALL); }
/** @internal */
export function resident(harness: CasesHarness, personId = harness.newId()): RequestContext {
  return harness.as({ kind: 'resident', personId: personId as PersonId, confidence: 'low' });
}
/** @internal */
export function visitor(harness: CasesHarness): RequestContext { return harness.as({ kind: 'nobody' }); }
/** @internal */
export function idOf(ctx: RequestContext): string {
  return ctx.actor.kind === 'officer' ? ctx.actor.officerId : ctx.actor.kind === 'resident' ? ctx.actor.personId : '';
}

/** What a resident who found a pothole sends. @internal */
export function request(harness: CasesHarness, changes: Partial<OpenCase> = {}): OpenCase {
  return {
    caseId: harness.newId(), idempotencyKey: harness.newId(), caseType: testPothole.id, summary: { en: 'Pothole in Mill Lane', cy: 'Twll yn Lôn y Felin' },
    openedFor: { contact: { name: 'Olwen Pugh', email: 'Olwen.Pugh@home.example', phone: '07700 900123' }, language: 'cy' },
    location: { uprn: '990000000001', lines: ['4 Mill Lane', 'Testham'], postcode: 'ZZ99 4AB', point: { latitude: 52.1, longitude: -1.5 }, ward: { code: 'E05999001', name: 'Castle' } },
    answers: [
      { section: 'The pothole', question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw e?' }, answer: { en: 'Deeper than a hand', cy: 'Yn ddyfnach na llaw' }, code: 'depth' },
      { section: 'You', question: { en: 'Your name', cy: 'Eich enw' }, answer: 'Olwen Pugh', personal: true },
    ],
    ...changes,
  };
}

/** Opens a case and expects it to be opened. @internal */
export async function opened(harness: CasesHarness, ctx: RequestContext, changes: Partial<OpenCase> = {}): Promise<OpenedCase> {
  return accepted(await harness.cases.open(ctx, request(harness, changes)));
}
/** Moves a case and expects it to be moved. @internal */
export async function moved(harness: CasesHarness, ctx: RequestContext, caseId: string, transition: string, reasons?: string): Promise<CaseView> {
  return accepted(await harness.cases.move(ctx, { caseId, transition, idempotencyKey: harness.newId(), ...(reasons && { reasons }) }));
}
/** The key in the address of a status page. @internal */
export function keyOf(view: OpenedCase): string {
  return new URL(view.statusPath, 'http://localhost').searchParams.get('key') ?? '';
}

/** @internal */
export function accepted<Value>(outcome: Outcome<Value, Refusal>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `it was refused: ${outcome.refusal.reason}`);
  return outcome.value;
}
/** @internal */
export function assertRefused(outcome: Outcome<unknown, Refusal>, reason: string): void {
  assert.equal(outcome.ok ? 'accepted' : outcome.refusal.reason, reason);
}
/** @internal */
export async function assertThrows(action: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(action, (error) => isGuildhallError(error) && error.code === code);
}
