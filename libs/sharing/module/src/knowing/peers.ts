import { Database, audit, sql, write } from '@guildhall/kernel';
import { CLOCK, Conflict, type Clock, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { keysAt, openNote, parseCheckpoint, type Body, type Checkpoint, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';

/** Another body. */
export interface Peer {
  readonly body: Body;
  /** Whether its log tells one story, as far as it was looked at. */
  readonly isLogWhole: boolean;
  /** What runs there, as it says: SHA-256 in hexadecimal. */
  readonly running?: string;
  /** What others have found of it. */
  readonly assessments: readonly Envelope[];
  /** When what is known of it was changed last. */
  readonly since: string;
}

interface PeerRow { readonly body: Body; readonly contradiction: string[] | null; readonly running: string | null; readonly assessments: readonly Envelope[]; readonly pinned_at: Date }

/** The bodies that this one knows. @internal */
@Injectable()
export class Peers {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async find(ctx: RequestContext, id: string): Promise<Peer | undefined> {
    const [row] = await this.db.query<PeerRow>(ctx, 'select body, contradiction, running, assessments, pinned_at from sharing.peer where council_id = $1 and peer_id = $2', [ctx.council.id, id]);
    return row && { body: row.body, isLogWhole: row.contradiction === null, ...(row.running !== null && { running: row.running }), assessments: row.assessments, since: row.pinned_at.toISOString() };
  }

  /**
   * Takes a body as one to share with, whose keys somebody has compared. On record.
   * @throws Conflict when it is known with another log: that is another body
   */
  async pin(ctx: RequestContext, { body, running, assessments = [] }: Pick<Peer, 'body' | 'running'> & Partial<Pick<Peer, 'assessments'>>): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      const [known] = await sql<{ origin: string }>(tx, `
        insert into sharing.peer (council_id, peer_id, body, pinned_at, running, assessments) values ($1, $2, $3, $4, $5, $6)
        on conflict (council_id, peer_id) do update set body = excluded.body, pinned_at = excluded.pinned_at, running = excluded.running, assessments = excluded.assessments where sharing.peer.body ->> 'logOrigin' = excluded.body ->> 'logOrigin'
        returning body ->> 'logOrigin' as origin`, [ctx.council.id, body.id, JSON.stringify(body), this.clock.now(), running ?? null, JSON.stringify(assessments)]);
      if (!known) throw new Conflict(`${body.id} is known with another log. A body that begins a new log is pinned as a new body.`);
      audit(tx, { action: 'sharing.peer-pinned', subject: { type: 'sharing.peer', id: body.id } });
    });
  }
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
