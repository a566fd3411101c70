import type { TestApp } from '@guildhall/kernel/testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, signAgreement, starterGuideline, type Agreement, type Body } from '@guildhall/sharing-contract';
import { agreementBetween, bodyNamed } from '@guildhall/sharing-contract/testing';
import { Agreements, AsksExchange, Bodies, Links, OwnNode, Peers, SignsAgreement } from '@guildhall/sharing/testing';
import type { Person } from './person';

const BOTH = 'concession-in-both';
const ONLY_OURS = { agreement: 'concession-with-the-county', body: 'riverbourne-county', draft: 'concession-in-draft' } as const;

/** What of sharing is Riverbourne's, and its resident's. */
export interface SharedThings {
  /** An agreement of both councils. */
  readonly agreement: string;
  /** One that Glanafon is no party to, with a body that it does not know. */
  readonly onlyOurs: string;
  readonly onlyOurBody: string;
  readonly draftId: string;
  readonly receiptId: string;
  /** An entry about the resident. */
  readonly index: string;
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

  // What comes round by the hour, and what only the other one of the two has.
  for (const { council: { id } } of [ours, theirs]) {
    for (const row of [
      `figure (council_id, agreement_id, month, figure, count) values ($1, '${BOTH}', '2026-11-01', 'told', 1)`, `figures_counted (council_id, entries, at) values ($1, 1, now())`,
      `twin (council_id, exchange_id, peer_id, state, looked_at) values ($1, gen_random_uuid(), 'somebody', 'there', now())`,
      `heard (council_id, peer_id, size, root, note) values ($1, 'somebody', 1, 'a-root', 'a note')`,
      `trust_list (council_id, list_id, asked_at) values ($1, 'north', now())`,
      `nonce (council_id, keyid, nonce, until) values ($1, 'somebody#1', 'once', now() + interval '1 day')`, `agreement_signature (council_id, digest, body_id, seen_at) values ($1, 'sha256:a', 'somebody', now())`,
      `evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, service, kept_at, until) values ($1, gen_random_uuid(), 'somebody', 'address.current', '{garden-waste-concession}', '', 'typed', '2026-11-01', 'garden-waste', now(), now())`,
      `asking_figure (council_id, month, attribute, purpose, figure, count) values ($1, '2026-01-01', 'address.current', 'garden-waste-concession', 'typed', 1)`,
    ]) await app.owner.query(`insert into sharing.${row}`, [id]);
  }
  const valueOf = async (statement: string): Promise<string> => {
    const { rows: [row] } = await app.owner.query<{ value: string }>(statement, [ours.council.id]);
    if (!row) throw new Error(`Nothing was found: ${statement}`);
    return row.value;
  };
  return {
    agreement: BOTH, onlyOurs: ONLY_OURS.agreement, onlyOurBody: ONLY_OURS.body, draftId: drafted.value.draft,
    receiptId: await valueOf('select receipt_id::text as value from sharing.receipt where council_id = $1'), index: await valueOf('select min(index)::text as value from sharing.entry where council_id = $1'),
  };
}

function agreed(id: string, receiver: Body, holder: Body): Agreement {
  const year = new Date().getFullYear();
  const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: { [receiver.id]: receiver.name, [holder.id]: holder.name } };
  return agreementBetween(receiver, holder, vocabulary, { id, from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, dpia: { ref: 'DPIA-1', date: `${year}-01-01` } });
}
