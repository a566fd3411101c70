import type { KnownSigners } from '@guildhall/assurance-contract';
import { Database, audit, sql, write } from '@guildhall/kernel';
import { CLOCK, Conflict, type Clock, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { keysAt, openNote, parseCheckpoint, type Body, type Checkpoint, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { mergedAssessors, suppliersNamed } from '../trusting/listed-bodies';
import { TrustLists } from '../trusting/trust-lists';

/** Another body. */
export interface Peer {
  readonly body: Body;
  /** Whether only a list says so, its address too. */
  readonly isListed: boolean;
  /** Whether its log tells one story, as far as it was looked at. */
  readonly isLogWhole: boolean;
  /** What runs there, as it says: SHA-256 in hexadecimal. */
  readonly running?: string;
  /** What others have found of it. */
  readonly assessments: readonly Envelope[];
  /** To whom its systems belong besides, as the lists say that this council follows: what it says itself of that may leave somebody out. */
  readonly listedSuppliers: readonly string[];
  /** Whose word counts here on what others have found. */
  readonly signers: KnownSigners;
  /** Another one when what is known of it, or of those whose word counts, has changed. */
  readonly since: string;
}

/** Whose word counts, and to whom the systems of bodies belong besides, by the bodies' ids. */
interface Trusted { readonly signers: KnownSigners; readonly suppliers: ReadonlyMap<string, readonly string[]> }

interface PeerRow {
  readonly version: string; readonly is_whole: boolean; readonly running: string | null; readonly pinned_at: Date; readonly list_id: string | null; readonly known_until: Date | null; readonly assurance_at: Date | null; readonly mark: string | null;
  /** Null in the version that this process has. */
  readonly said: Said | null;
}
/** What is long in what is kept of a body. */
interface Said { readonly body: Body; readonly assessments: readonly Envelope[] }

/** For so long is believed what a body last said of what runs there; after that nobody knows. */
const SAID_FOR_MS = 72 * 60 * 60 * 1000;
const HOUR_IN_MS = 60 * 60 * 1000;
const MOST_KEPT = 1000;
const MOST_CHARACTERS_KEPT = 100_000;

/** The bodies that this one knows: those whose keys were compared here, and those whom a list names that it follows. @internal */
@Injectable()
export class Peers {
  /** By council, for as long as nobody is known anew, and no longer than an hour: time alone changes whom a list vouches for. */
  readonly #trusted = new Map<string, { readonly of: string; readonly trusted: Promise<Trusted> }>();
  /** What each body's row held when it was read last, and in which version: that it is still this one is for the database to say, each time. */
  readonly #said = new Map<string, Said & { readonly version: string }>();

  constructor(private readonly db: Database, private readonly node: OwnNode, private readonly lists: TrustLists, @Inject(CLOCK) private readonly clock: Clock) {}

  async find(ctx: RequestContext, id: string): Promise<Peer | undefined> {
    const read = this.#said.get(`${ctx.council.id} ${id}`);
    // The transaction that wrote a row is its version: all that is long is sent and parsed once for each.
    const [row] = await this.db.query<PeerRow>(ctx, `
      select p.xmin::text as version, p.contradiction is null as is_whole, p.running, p.pinned_at, p.list_id, p.known_until, p.assurance_at, (select m.mark::text from sharing.trust_mark m where m.council_id = p.council_id) as mark,
        case when p.xmin::text is distinct from $3 then jsonb_build_object('body', p.body, 'assessments', p.assessments) end as said
      from sharing.peer p where p.council_id = $1 and p.peer_id = $2`, [ctx.council.id, id, read?.version ?? null]);
    const now = this.clock.now();
    const said = row && (row.said ? this.#keep(ctx, id, { ...row.said, version: row.version }) : read);
    if (!said || !this.#isKnown(ctx, row, now)) return undefined;
    const { signers, suppliers } = await this.#trustedBy(ctx, row.mark ?? '0', now);
    const running = row.assurance_at !== null && now.getTime() - row.assurance_at.getTime() > SAID_FOR_MS ? null : row.running;
    return {
      body: said.body, isListed: row.list_id !== null, isLogWhole: row.is_whole, ...(running !== null && { running }), assessments: said.assessments, listedSuppliers: suppliers.get(said.body.id) ?? [], signers, since: `${row.pinned_at.toISOString()} ${row.mark ?? '0'} ${running ?? '-'}`,
    };
  }

  /** What a body was when it was read last, perhaps long ago: for what is to be thrown away where `find` finds another. */
  lastRead(ctx: RequestContext, id: string): Body | undefined { return this.#said.get(`${ctx.council.id} ${id}`)?.body; }

  #keep(ctx: RequestContext, id: string, said: Said & { readonly version: string }): Said {
    const key = `${ctx.council.id} ${id}`;
    this.#said.delete(key);
    // What is in it others write: what is very long is read each time, and what was kept first goes first.
    if (JSON.stringify([said.body, said.assessments]).length > MOST_CHARACTERS_KEPT) return said;
    const [oldest] = this.#said.keys();
    if (oldest !== undefined && this.#said.size >= MOST_KEPT) this.#said.delete(oldest);
    this.#said.set(key, said);
    return said;
  }

  /**
   * Takes a body as one to share with, whose keys somebody has compared. On record. No list has a say in it from then on.
   * @throws Conflict when it is known with another log: that is another body
   */
  async pin(ctx: RequestContext, { body, running, assessments = [] }: Pick<Peer, 'body' | 'running'> & Partial<Pick<Peer, 'assessments'>>): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      const [known] = await sql<{ origin: string }>(tx, `
        insert into sharing.peer (council_id, peer_id, body, pinned_at, running, assessments) values ($1, $2, $3, $4, $5, $6)
        on conflict (council_id, peer_id) do update set body = excluded.body, pinned_at = excluded.pinned_at, running = excluded.running, assessments = excluded.assessments, list_id = null, known_until = null,
          assurance_at = case when sharing.peer.running = excluded.running then sharing.peer.assurance_at end
        where sharing.peer.body ->> 'logOrigin' = excluded.body ->> 'logOrigin'
        returning body ->> 'logOrigin' as origin`, [ctx.council.id, body.id, JSON.stringify(body), this.clock.now(), running ?? null, JSON.stringify(assessments)]);
      if (!known) throw new Conflict(`${body.id} is known with another log. A body that begins a new log is pinned as a new body.`);
      await knowAnew(tx);
      audit(tx, { action: 'sharing.peer-pinned', subject: { type: 'sharing.peer', id: body.id } });
    });
  }

  /** Whose word counts here: the bodies that are known, those who assess of this council's own choice, and those of the lists that it follows. */
  async signers(ctx: RequestContext): Promise<KnownSigners> { return (await this.#trustedNow(ctx)).signers; }

  /** To whom this council's own systems belong besides, as the lists say. */
  async ownListedSuppliers(ctx: RequestContext): Promise<readonly string[]> { return (await this.#trustedNow(ctx)).suppliers.get(this.node.id(ctx)) ?? []; }

  async #trustedNow(ctx: RequestContext): Promise<Trusted> {
    const [row] = await this.db.query<{ mark: string }>(ctx, 'select mark::text as mark from sharing.trust_mark where council_id = $1', [ctx.council.id]);
    return this.#trustedBy(ctx, row?.mark ?? '0', this.clock.now());
  }

  #trustedBy(ctx: RequestContext, mark: string, now: Date): Promise<Trusted> {
    const of = `${mark} ${Math.floor(now.getTime() / HOUR_IN_MS)}`;
    const kept = this.#trusted.get(ctx.council.id);
    if (kept?.of === of) return kept.trusted;
    const trusted = this.#findTrusted(ctx, now);
    this.#trusted.set(ctx.council.id, { of, trusted });
    // What could not be looked up is looked up by the next who asks.
    trusted.catch(() => this.#trusted.delete(ctx.council.id));
    return trusted;
  }

  async #findTrusted(ctx: RequestContext, now: Date): Promise<Trusted> {
    const [rows, lists] = await Promise.all([
      this.db.query<Pick<Said, 'body'> & Pick<PeerRow, 'list_id' | 'known_until'>>(ctx, 'select body, list_id, known_until from sharing.peer where council_id = $1 order by peer_id', [ctx.council.id]),
      this.lists.followed(ctx),
    ]);
    const standing = lists.filter((one) => one.standing !== 'void').flatMap(({ list }) => list ?? []);
    const vouched = standing.flatMap(({ assessors }) => assessors);
    const signers = { bodies: [this.node.body(ctx), ...rows.filter((row) => this.#isKnown(ctx, row, now)).map(({ body }) => body)], assessors: mergedAssessors([...(this.node.options(ctx).assessors ?? []), ...vouched]) };
    return { signers, suppliers: suppliersNamed(standing.flatMap(({ members }) => members)) };
  }

  #isKnown(ctx: RequestContext, { list_id: listId, known_until: until }: Pick<PeerRow, 'list_id' | 'known_until'>, now: Date): boolean {
    return until === null || listId === null || (until > now && this.lists.isFollowed(ctx, listId));
  }
}

/** Has what was worked out from who is known here worked out again. */
export async function knowAnew(tx: TransactionContext): Promise<void> {
  await sql(tx, 'insert into sharing.trust_mark (council_id, mark) values ($1, 1) on conflict (council_id) do update set mark = sharing.trust_mark.mark + 1', [tx.council.id]);
}

/** Keeps what a body has said of its log, to be held against the rest of it later. */
export function keepHeard(tx: TransactionContext, peerId: string, { size, root }: Checkpoint, note: string): void {
  write(tx, 'insert into sharing.heard (council_id, peer_id, size, root, note) values ($1, $2, $3, $4, $5) on conflict do nothing', [tx.council.id, peerId, size, Buffer.from(root).toString('base64'), note]);
}

/** What a body says of its log, where it has signed it; nothing else counts. */
export function checkpointBy(body: Body, note: string | null, now: Date): Checkpoint | undefined {
  if (note === null) return undefined;
  const opened = openNote(note, keysAt(body, now).map(({ key }) => ({ name: body.logOrigin, key })));
  if (!opened.ok) return undefined;
  try {
    const checkpoint = checkpointIn(note);
    return checkpoint.origin === body.logOrigin ? checkpoint : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a note says that has proved whose it is. @throws SyntaxError */
export function checkpointIn(note: string): Checkpoint { return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)); }
