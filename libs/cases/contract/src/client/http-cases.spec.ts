import type { Outbound, OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { testContext } from '@guildhall/kernel-contract/testing';
import type { NoteOnCase, OpenCase } from '../requests';
import { HttpCases } from './http-cases';

const AT = '2026-11-30T10:00:00Z';
const ENTRY = { id: 'entry', at: AT, kind: 'note', visibility: 'internal', by: { kind: 'system', name: 'A job' } };
const CASE = { id: 'case', reference: 'TE-BCDF-GHJK', caseType: 'pothole', state: 'reported', stateKind: 'open', openedAt: AT, movedAt: AT, statusPath: '/status/x', version: 1, answers: [], documents: [] };

/** Case management of some version: it refuses the fields that it does not know, and others with another message. */
function caseManagement(value: object, refusals: readonly (readonly [field: string, message: string])[]): { readonly cases: HttpCases; readonly sent: OutboundRequest[] } {
  const sent: OutboundRequest[] = [];
  const outbound: Outbound = {
    fetch: (_url: string, request: OutboundRequest = {}): Promise<OutboundResponse> => {
      sent.push(request);
      const at = (path: string): unknown => path.split('.').reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], request.body);
      const errors = refusals.filter(([field]) => at(field) !== undefined).map(([field, message]) => ({ field, message }));
      const text = JSON.stringify(errors.length > 0 ? { detail: 'It is not valid.', errors } : { ok: true, value });
      return Promise.resolve({ status: errors.length > 0 ? 400 : 200, headers: {}, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown });
    },
  };
  return { cases: new HttpCases({ origin: 'https://cases.example', outbound }), sent };
}
const note = { caseId: 'case', text: 'They have moved.', needsAttention: true, idempotencyKey: 'moved:case' } as NoteOnCase;
const origin = { how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' } as const;
const answers = [{ section: 'You', question: 'Your name', answer: 'Olwen Pugh' }, { section: 'You', question: 'Are you a member?', answer: 'Yes', origin: { ...origin, bodyId: 'aldermoor' } }];
const opening = { caseId: 'case', caseType: 'pothole', summary: 'Pothole', idempotencyKey: 'open-case', answers } as unknown as OpenCase;

describe('case management at another address', () => {
  it('of an older version gets a note without the mark that it does not know, under the same key', async () => {
    const { cases, sent } = caseManagement(ENTRY, [['needsAttention', 'property needsAttention should not exist']]);
    expect(await cases.note(testContext(), note)).toMatchObject({ ok: true, value: { id: 'entry' } });
    const { needsAttention: _mark, ...before } = note;
    expect(sent.map(({ body, idempotencyKey }) => [body, idempotencyKey])).toEqual([[note, note.idempotencyKey], [before, note.idempotencyKey]]);
  });
  it('of an older version gets a case whose answers do not name the body that told them, under the same key', async () => {
    const { cases, sent } = caseManagement(CASE, [['answers.1.origin.bodyId', 'property bodyId should not exist']]);
    expect(await cases.open(testContext(), opening)).toMatchObject({ ok: true, value: { id: 'case' } });
    expect(sent.map(({ body, idempotencyKey }) => [body, idempotencyKey])).toEqual([[opening, opening.idempotencyKey], [{ ...opening, answers: [answers[0], { ...answers[1], origin }] }, opening.idempotencyKey]]);
  });
  it('of this version is asked once, with everything, and what it refuses for another reason is not sent again', async () => {
    const now = caseManagement(ENTRY, []);
    await now.cases.note(testContext(), note);
    expect(now.sent.map(({ body }) => body)).toEqual([note]);
    const refusing = caseManagement(ENTRY, [['needsAttention', 'needsAttention must be a boolean value'], ['text', 'text is too long']]);
    await expect(refusing.cases.note(testContext(), note)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(refusing.sent).toHaveLength(1);
  });
});
