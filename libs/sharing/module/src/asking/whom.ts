import type { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '@guildhall/sharing-contract';
import { AGREED_THEN, choiceIn, type ChoiceRow, type KnownChoice } from '../choosing/choices';
import { linkIn, type Link, type LinkRow } from '../linking/links';

/** Whom a question means, and what of them decides it. */
export interface Whom {
  /** Undefined where the other body and this one know nobody so, and where their key is gone. */
  readonly link: Link | undefined;
  /** What they have said of this sharing. */
  readonly choice: KnownChoice | undefined;
  /** What they say is wrong, of these things, and have had no answer to: it is neither told nor asked for. */
  readonly disputed: readonly string[];
}
/** By which agreement what is asked. */
interface Asking { readonly peerId: string; readonly agreementId: string; readonly attributes: readonly AttributeId[] }
type WhomRow = Omit<LinkRow, 'key'> & { readonly [Name in keyof ChoiceRow]: ChoiceRow[Name] | null } & { readonly key: Buffer | null; readonly disputed: readonly string[] };

const NOBODY: Whom = { link: undefined, choice: undefined, disputed: [] };

/** Somebody whom another body knows by this name. */
export function whomNamed(db: Database, ctx: RequestContext, pairwise: string, asking: Asking): Promise<Whom> { return whom(db, ctx, 'l.pairwise = $3', pairwise, asking); }
/** Somebody who is known here, and there. */
export function whomHere(db: Database, ctx: RequestContext, localId: string, asking: Asking): Promise<Whom> { return whom(db, ctx, 'l.local_id = $3', localId, asking); }

/** One statement: what is begun and planned for three costs the database more than what they find. */
async function whom(db: Database, ctx: RequestContext, by: string, name: string, { peerId, agreementId, attributes }: Asking): Promise<Whom> {
  const [row] = await db.query<WhomRow>(ctx, `
    select l.pairwise, l.local_id, l.choices_heard, k.key, c.state, c.at, c.scope, c.notice_digest, c.agreed_then,
      array(select d.attribute from sharing.dispute d where d.council_id = l.council_id and d.local_id = l.local_id and d.attribute = any($5) and d.answered_at is null) as disputed
    from sharing.link l left join sharing.subject_key k on k.council_id = l.council_id and k.local_id = l.local_id
    left join lateral (select c.state, c.at, c.scope, c.notice_digest, ${AGREED_THEN} from sharing.choice c where c.council_id = l.council_id and c.local_id = l.local_id and c.agreement_id = $4 order by c.at desc, c.state desc limit 1) c on true
    where l.council_id = $1 and l.peer_id = $2 and ${by}`, [ctx.council.id, peerId, name, agreementId, attributes]);
  if (!row) return NOBODY;
  const { key, state, disputed } = row;
  return { link: key ? linkIn({ ...row, key }) : undefined, choice: state === null ? undefined : choiceIn(row as ChoiceRow), disputed: [...new Set(disputed)] };
}
