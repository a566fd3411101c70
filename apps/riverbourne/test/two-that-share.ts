import { createHash } from 'node:crypto';
import type { TestApp } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signAgreement, starterGuideline, type Agreement, type Body } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { Agreements, AsksExchange, Bodies, Links, OwnNode, Peers, SignsAgreement } from '@guildhall/sharing/testing';
import type { Person } from './person';

const BOTH = 'concession-in-both';
const ONLY_OURS = { agreement: 'concession-with-the-county', body: 'riverbourne-county', draft: 'concession-in-draft' } as const;

const LINK_STATE = 'S'.repeat(43);
const TICKET = 'T'.repeat(43);
function hashOf(token: string): string { return createHash('sha256').update(token).digest('base64url'); }

/** What of sharing is Riverbourne's, and its resident's. */
export interface SharedThings {
  /** An agreement of both councils. */
  readonly agreement: string;
  /** One that Glanafon is no party to, with a body that it does not know. */
  readonly onlyOurs: string;
  readonly onlyOurBody: string;
  readonly draftId: string;
  readonly receiptId: string;
  /** What they said is wrong, for an officer to answer. */
  readonly disputeId: string;
  /** A change of address that they told once. */
  readonly changeId: string;
  /** An entry about the resident. */
  readonly index: string;
  /** The body with which the resident is linked, and their way to another link. */
  readonly peer: string;
  readonly linkState: string;
  /** With which somebody comes whom another body has sent. */
  readonly ticket: string;
}

/** Takes both councils through what leaves a trace of sharing: they agree, one of their people says yes, one asks the other, and is refused, because nobody has looked at its systems. */
export async function fillSharing(app: TestApp, { owner, personId }: { readonly owner: Person; readonly personId: string }, theirEmail: string): Promise<SharedThings> {
  const [ours, theirs] = [app.systemContext('riverbourne'), app.systemContext('glanafon')];
  const node = app.get(OwnNode);
  const [receiver, holder, { signer: countysKey, ...county }] = [node.body(ours), node.body(theirs), bodyNamed(ONLY_OURS.body, 'A county of Riverbourne’s')];
  const kept = async (ctx: typeof ours, envelope: Parameters<Agreements['keep']>[1], peer: Body): Promise<void> => {
    const outcome = await app.get(Agreements).keep(ctx, envelope, [peer]);
    if (!outcome.ok) throw new Error(outcome.refusal.message);
  };
  for (const [ctx, peer] of [[ours, holder], [theirs, receiver], [ours, county]] as const) await app.get(Peers).pin(ctx, { body: peer });

  const both = agreed(BOTH, receiver, holder);
  const envelope = signAgreement(both, node.signer(theirs), signAgreement(both, node.signer(ours)));
  for (const [ctx, peer] of [[ours, holder], [theirs, receiver]] as const) await kept(ctx, envelope, peer);
  const withCounty = agreed(ONLY_OURS.agreement, receiver, county);
  await kept(ours, signAgreement(withCounty, countysKey, signAgreement(withCounty, node.signer(ours))), county);
  const drafted = await app.get(SignsAgreement).takeIn(ours, signAgreement(agreed(ONLY_OURS.draft, receiver, county), countysKey));
  if (!drafted.ok || !('draft' in drafted.value)) throw new Error(`There is no draft: ${drafted.ok ? '' : drafted.refusal.message}`);
  for (const [ctx, peer] of [[ours, holder], [theirs, receiver]] as const) await app.get(Bodies).takeGuideline(ctx, peer.id, starterGuideline(peer.id));

  const { rows: [them] } = await app.owner.query<{ person_id: string }>('select person_id::text from identity.person where email = $1', [theirEmail]);
  const { pairwise } = await app.get(Links).add(ours, { peerId: holder.id, localId: personId, provenBy: 'signed-in' });
  await app.get(Links).add(theirs, { peerId: receiver.id, localId: them?.person_id ?? '', provenBy: 'signed-in', pairwise });
  await owner.open(`/account/information/agreements/${BOTH}`);
  await owner.send();
  await app.drainJobs();
  await app.get(AsksExchange).ask(ours, { agreementId: BOTH, holder: holder.id, localId: personId, attributes: ['address.current'], because: 'An order of theirs', by: { service: 'garden-waste', officer: null, network: 'internet', device: 'server' } });
  await owner.open('/account/information/wrong/address.current');
  await owner.send();

  await owner.open('/account/information/tell-once');
  await owner.send({ line1: '52 High Street', town: 'Riverbourne', postcode: 'ZZ99 1AE' });
  await owner.send();
  const changeId = owner.path.split('/').at(-1) ?? '';
  for (const [{ council: { id } }, person, peer] of [[ours, personId, holder.id], [theirs, them?.person_id ?? '', receiver.id]] as const) {
    await app.owner.query(`insert into sharing.link_attempt (council_id, state_hash, peer_id, local_id, ticket, return_to, until) values ($1, $2, $3, $4, 'a-ticket', '/account', now() + interval '1 day')`, [id, hashOf(LINK_STATE), peer, person]);
    await app.owner.query(`insert into sharing.link_visit (council_id, ticket_hash, peer_id, state, until) values ($1, $2, $3, 'a-state', now() + interval '1 day')`, [id, hashOf(TICKET), peer]);
  }

  // What comes round by the hour, and what only the other one of the two has.
  for (const { council: { id } } of [ours, theirs]) {
    for (const row of [
      `agreement_end (council_id, agreement_id, version, peer_id, ended_at) select $1, agreement_id, version, 'somebody', now() from sharing.agreement where council_id = $1`,
      `figure (council_id, agreement_id, month, figure, count) values ($1, '${BOTH}', '2026-11-01', 'told', 1)`, `figures_counted (council_id, entries, at) values ($1, 1, now())`,
      `twin (council_id, exchange_id, peer_id, state, looked_at) values ($1, gen_random_uuid(), 'somebody', 'there', now())`,
      `entry_twin (council_id, index, kind, exchange_id, peer_id, state, at) values ($1, 1000000, 'answered', gen_random_uuid(), 'somebody', 'there', now())`, `twins_begun (council_id, entries) values ($1, 0) on conflict do nothing`,
      `question (council_id, exchange_id, local_id, sealed, at, until) values ($1, gen_random_uuid(), 'somebody', 'x', now(), now() + interval '1 day')`,
      `heard (council_id, peer_id, size, root, note) values ($1, 'somebody', 1, 'a-root', 'a note')`,
      `link_try (council_id, try_id, who, until) values ($1, gen_random_uuid(), 'a-hash', now() + interval '1 day')`, `link_end (council_id, end_id, peer_id, pairwise) values ($1, gen_random_uuid(), 'somebody', 'pw:somebody')`,
      `trust_list (council_id, list_id, asked_at) values ($1, 'north', now())`, `publication (council_id, list_id, asked_at) values ($1, 'north', now())`,
      `peer_followed_guideline (council_id, peer_id, issuer, guideline, taken_at) select $1, peer_id, 'north-region', '{"id":"of-the-north","version":1,"by":"north-region","title":{"en":"The north","cy":"Y gogledd"},"rules":[]}', now() from sharing.peer where council_id = $1`,
      `reminder (council_id, local_id, reminder_id, reminded_at) values ($1, 'somebody', gen_random_uuid(), now())`,
      `nonce (council_id, keyid, nonce, until) values ($1, 'somebody#1', 'once', now() + interval '1 day')`, `agreement_signature (council_id, digest, body_id, seen_at) values ($1, 'sha256:a', 'somebody', now())`,
      `evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, service, kept_at, until) values ($1, gen_random_uuid(), 'somebody', 'address.current', '{p}', '', 'typed', '2026-11-01', 's', now(), now())`,
      `asking_figure (council_id, month, attribute, purpose, figure, count) values ($1, '2026-11-01', 'address.current', 'p', 'typed', 1)`,
      `dispute_answer (council_id, dispute_id, body_id, outcome, answered_at) select $1, dispute_id, 'riverbourne', 'right', now() from sharing.dispute where council_id = $1`,
      `outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at) values ($1, gen_random_uuid(), 'nobody', 'somebody', 'disputed', gen_random_uuid(), 'x', now())`, `look (council_id, exchange_id, peer_id, local_id, officer, sealed, at) values ($1, gen_random_uuid(), 'nobody', 'somebody', 'officer', 'x', now())`,
      `change (council_id, change_id, kind, local_id, attribute, sealed, created_at) values ($1, gen_random_uuid(), 'changed', 'somebody', 'address.current', 'x', now())`, `change_delivery (council_id, change_id, recipient, state, at) select $1, change_id, 'taker:somebody', 'waiting', now() from sharing.change where council_id = $1 limit 1`,
    ]) await app.owner.query(`insert into sharing.${row}`, [id]);
  }
  // Notes of a log that told two stories, once.
  await app.owner.query(`update sharing.peer set contradictions_settled = '[{"notes":["one","other"],"because":"It moved","at":"2026-11-20T09:00:00Z"}]' where council_id = $1 and peer_id = $2`, [ours.council.id, ONLY_OURS.body]);
  const valueOf = async (statement: string): Promise<string> => {
    const { rows: [row] } = await app.owner.query<{ value: string }>(statement, [ours.council.id]);
    if (!row) throw new Error(`Nothing was found: ${statement}`);
    return row.value;
  };
  return {
    agreement: BOTH, onlyOurs: ONLY_OURS.agreement, onlyOurBody: ONLY_OURS.body, draftId: drafted.value.draft, changeId, peer: holder.id, linkState: LINK_STATE, ticket: TICKET,
    disputeId: await valueOf('select dispute_id::text as value from sharing.dispute where council_id = $1'),
    receiptId: await valueOf('select receipt_id::text as value from sharing.receipt where council_id = $1'), index: await valueOf('select min(index)::text as value from sharing.entry where council_id = $1'),
  };
}

function agreed(id: string, receiver: Body, holder: Body): Agreement {
  const year = new Date().getFullYear();
  const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [receiver.id]: receiver.name, [holder.id]: holder.name } };
  return agreementBetween(receiver, holder, vocabulary, { id, from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
}
