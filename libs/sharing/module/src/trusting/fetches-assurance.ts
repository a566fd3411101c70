import { MOST_ASSESSMENTS, openRunning, readAssessment, readPublishedAssurance } from '@guildhall/assurance-contract';
import { Database, LOG, OUTBOUND, audit, sql } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type JobHandler, type Log, type Outbound, type RequestContext } from '@guildhall/kernel-contract';
import { canonicalize, ukDay, type Body, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { knowAnew } from '../knowing/peers';
import { OwnNode } from '../node/own-node';

const ANSWERED_WITHIN_SECONDS = 5;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_A_RUN = 60;
const AT_ONCE = 10;

interface PeerRow { readonly peer_id: string; readonly body: Body; readonly running: string | null; readonly assessments: readonly Envelope[]; readonly list_id: string | null }

/**
 * Asks those with whom there is an agreement what runs there and what was found of it. Something else than was looked at counts at the next question; and what was once found stays until its time is over, so that
 * nobody can keep back what speaks against them.
 */
@Injectable()
export class FetchesAssurance implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const peers = await this.db.query<PeerRow>(ctx, `
      select p.peer_id, p.body, p.running, p.assessments, p.list_id from sharing.peer p
      where p.council_id = $1 and (p.known_until is null or p.known_until > $2)
        and exists (select from sharing.agreement a where a.council_id = p.council_id and a.ended_on is null and (a.document -> 'holders') || (a.document -> 'receivers') ? p.peer_id)
      order by p.assurance_asked_at nulls first, p.peer_id limit ${MOST_A_RUN}`, [ctx.council.id, this.clock.now()]);
    for (let from = 0; from < peers.length; from += AT_ONCE) await Promise.all(peers.slice(from, from + AT_ONCE).map((peer) => this.#ask(ctx, peer)));
  }

  async #ask(ctx: RequestContext, peer: PeerRow): Promise<void> {
    const now = this.clock.now();
    const said = await this.#said(ctx, peer, now);
    if (typeof said === 'string') this.diary.warn('sharing.assurance-not-fetched', { council: ctx.council.slug, peer: peer.peer_id, fault: said });
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update sharing.peer set assurance_asked_at = $3 where council_id = $1 and peer_id = $2', [ctx.council.id, peer.peer_id, now]);
      if (typeof said === 'string') return;
      const { running, assessments } = said;
      await sql(tx, 'update sharing.peer set running = $3, assessments = $4, assurance_at = $5 where council_id = $1 and peer_id = $2', [ctx.council.id, peer.peer_id, running, JSON.stringify(assessments), now]);
      if (running === peer.running && canonicalize(assessments) === canonicalize(peer.assessments)) return;
      await knowAnew(tx);
      audit(tx, { action: 'sharing.assurance-changed', subject: { type: 'sharing.peer', id: peer.peer_id }, detail: { running, assessments: assessments.length } });
    });
  }

  /** What it says; or why that is not believed. */
  async #said(ctx: RequestContext, { body, assessments, list_id: listId }: PeerRow, now: Date): Promise<{ readonly running: string; readonly assessments: readonly Envelope[] } | string> {
    try {
      const { status, text } = await this.outbound.fetch(`${body.endpoint}/assurance`, { headers: { accept: 'application/json' }, timeoutInSeconds: ANSWERED_WITHIN_SECONDS, mostBytes: MOST_BYTES, ...this.node.guard(ctx, listId !== null) }).then((answer) => ({ status: answer.status, text: answer.text() }));
      if (status !== 200) return `answered-${status}`;
      const read = readPublishedAssurance(JSON.parse(text));
      if (!read.ok) return read.refusal.reason;
      const running = openRunning(read.value.running, body, now);
      if (!running.ok) return running.refusal.reason;
      return { running: running.value.running, assessments: kept([...assessments, ...read.value.assessments], body, ukDay(now)) };
    } catch (error) {
      if (isGuildhallError(error)) return error.code;
      if (error instanceof SyntaxError) return 'malformed';
      throw error;
    }
  }
}

/** Those that are about this body and still in force, each once; what was here first stays first. */
function kept(assessments: readonly Envelope[], { endpoint }: Body, today: string): readonly Envelope[] {
  const good = assessments.filter((envelope) => {
    const read = readAssessment(envelope);
    return read.ok && read.value.predicate.validUntil >= today && read.value.subject.some(({ name }) => name === endpoint);
  });
  const written = good.map((envelope) => canonicalize(envelope));
  return good.filter((_envelope, index) => written.indexOf(written[index] ?? '') === index).slice(0, MOST_ASSESSMENTS);
}
