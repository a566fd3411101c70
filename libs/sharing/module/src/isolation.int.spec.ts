import { defineServicePack, register } from '@guildhall/kernel-contract';
import { MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import { catalogFaults, walkTables, type Answer } from '@guildhall/kernel/testing';

import { PAT, startTwoBodies, type TwoBodies } from '../test/two-bodies';
import { ComparesTwins } from './watching/compares-twins';

const credentials: MachineCredentials = { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' ? { clientId, permissions: clientId === 'back-office' ? ['sharing.ask-others'] : [] } : undefined) };
const machines = defineServicePack({ id: 'machines', version: '0.1.0', options: {}, requires: [], registers: [register(MACHINE_CREDENTIALS, { id: 'machines', ...credentials } as MachineCredentials)] });

describe('what belongs to a body that shares', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [machines] });
    await two.choose('given');
    await two.choose('given', 'holder');
    expect(await two.ask()).toMatchObject({ ok: true });
    // What the exchange above leaves nothing in.
    for (const { council } of [two.receiver, two.holder]) {
      for (const row of [
        `dispute (council_id, local_id, attribute, raised_at) values ($1, 'somebody', 'address.current', now())`, `agreement_draft (council_id, draft_id, document, created_at) values ($1, gen_random_uuid(), '{}', now())`,
        `agreement_signature (council_id, digest, body_id, seen_at) values ($1, 'sha256:a', 'riverbourne', now())`, `peer_guideline (council_id, peer_id, guideline, taken_at) select $1, peer_id, '{}', now() from sharing.peer where council_id = $1`,
        `peer_followed_guideline (council_id, peer_id, issuer, guideline, taken_at) select $1, peer_id, 'north-region', '{}', now() from sharing.peer where council_id = $1`,
        `twin (council_id, exchange_id, peer_id, state, looked_at) values ($1, gen_random_uuid(), 'riverbourne', 'there', now())`,
        `publication (council_id, list_id, asked_at) values ($1, 'north', now())`,
        `trust_list (council_id, list_id, asked_at) values ($1, 'north', now())`,
        `agreement_end (council_id, agreement_id, version, peer_id, ended_at) select $1, agreement_id, version, 'nobody', now() from sharing.agreement where council_id = $1`,
        `reminder (council_id, local_id, reminder_id, reminded_at) values ($1, 'somebody', gen_random_uuid(), now())`,
        `figure (council_id, agreement_id, month, figure, count) values ($1, 'a', '2026-11-01', 'told', 1)`, `figures_counted (council_id, entries, at) values ($1, 1, now())`,
        `receipt (council_id, receipt_id, reference, local_id, agreement_id, state, at, notice, chosen_by, document) values ($1, gen_random_uuid(), 'RB-1', 'somebody', 'a', 'given', now(), '{}', 'resident', '{}')`,
        `link_attempt (council_id, state_hash, peer_id, local_id, ticket, return_to, until) values ($1, 'hash', 'riverbourne', 'somebody', 'ticket', '/account', now())`, `link_visit (council_id, ticket_hash, peer_id, state, until) values ($1, 'hash', 'riverbourne', 'state', now())`,
        `link_try (council_id, try_id, who, until) values ($1, gen_random_uuid(), 'hash', now())`, `link_end (council_id, end_id, peer_id, pairwise) values ($1, gen_random_uuid(), 'riverbourne', 'pw:x')`,
        `evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, service, kept_at, until) values ($1, gen_random_uuid(), 'somebody', 'address.current', '{p}', '', 'typed', '2026-11-01', 's', now(), now())`,
        `asking_figure (council_id, month, attribute, purpose, figure, count) values ($1, '2026-11-01', 'address.current', 'p', 'typed', 1)`,
        `dispute_answer (council_id, dispute_id, body_id, outcome, answered_at) select $1, dispute_id, 'riverbourne', 'right', now() from sharing.dispute where council_id = $1`,
        `outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at) values ($1, gen_random_uuid(), 'nobody', 'somebody', 'disputed', gen_random_uuid(), 'x', now())`, `look (council_id, exchange_id, peer_id, local_id, officer, sealed, at) values ($1, gen_random_uuid(), 'nobody', 'somebody', 'officer', 'x', now())`,
        `change (council_id, change_id, kind, local_id, attribute, sealed, created_at) values ($1, gen_random_uuid(), 'changed', 'somebody', 'address.current', 'x', now())`, `change_delivery (council_id, change_id, recipient, state, at) select $1, change_id, 'taker:somebody', 'waiting', now() from sharing.change where council_id = $1`,
      ]) await two.app.owner.query(`insert into sharing.${row}`, [council.id]);
    }
    await two.app.drainJobs();
    two.clock.advance(180);
    await two.app.get(ComparesTwins).run(two.holder);
    // One that is on its way: it would be answered or forgotten by what ran before.
    for (const { council } of [two.receiver, two.holder]) await two.app.owner.query(`insert into sharing.question (council_id, exchange_id, local_id, sealed, at, until) values ($1, gen_random_uuid(), 'somebody', 'x', now(), now())`, [council.id]);
  });
  afterAll(() => two?.close());

  it('is in tables that keep to the rules of isolation', async () => { expect(await catalogFaults(two.app.owner)).toEqual([]); });
  it('cannot be read, changed, removed, put in or given away by another one', async () => {
    const [asHolder, asReceiver] = [await walkTables(two.app, { stranger: two.holder.council.id }), await walkTables(two.app, { stranger: two.receiver.council.id })];
    expect([...asHolder.open, ...asReceiver.open]).toEqual([]);
    expect(asHolder.unproved.filter((table) => table.startsWith('sharing.') && asReceiver.unproved.includes(table))).toEqual([]);
  });

  const asks = (headers: Readonly<Record<string, string>>, slug = 'riverbourne', changes: object = {}): Promise<Answer> => two.app.visitor(slug).request('/api/sharing/v1/exchanges', { headers, json: { agreement: two.agreement.id, holder: 'aldermoor', person: PAT.riverbourne, attributes: ['address.current'], because: 'An application', network: 'internet', device: 'server', ...changes } });
  const RIGHT = { authorization: 'Bearer back-office.correct' };

  it('is asked for by a system of its own that may', async () => {
    const answer = await asks(RIGHT);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'address.current' }], decision: { allow: true } } });
  });
  it('is not asked for by nobody, by a wrong secret, by a system that may not, by a resident, or for another body’s people', async () => {
    expect((await asks({})).status).toBe(401);
    expect((await asks({ authorization: 'Bearer back-office.wrong' })).status).toBe(401);
    expect((await asks({ authorization: 'Bearer other.correct' })).status).toBe(403);
    expect((await (await two.app.residentVisitor(PAT.riverbourne)).request('/api/sharing/v1/exchanges', { json: {} })).status).toBe(403);
    const other = await asks(RIGHT, 'aldermoor');
    expect({ status: other.status, reason: other.json<{ refusal: { reason: string } }>().refusal.reason }).toEqual({ status: 422, reason: 'not-linked' });
  });
  it('says what is wrong with a question, and asks nothing', async () => {
    const before = (await two.entries('receiver')).length;
    for (const changes of [{ attributes: [] }, { attributes: ['Address'] }, { because: '' }, { network: 'pigeon' }, { device: null }, { person: '' }, { more: 1 }]) expect({ changes, status: (await asks(RIGHT, 'riverbourne', changes)).status }).toEqual({ changes, status: 400 });
    expect((await two.entries('receiver')).length).toBe(before);
  });
});
