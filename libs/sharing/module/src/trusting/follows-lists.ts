import { Database, LOG, audit, publicTarget, sql } from '@guildhall/kernel';
import { CLOCK, isGuildhallError, type Clock, type JobHandler, type Log, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import type { Body, Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { knowAnew } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { FetchesList } from './fetch-list';
import { listedBodies, listedChanges, type ListedBody } from './listed-bodies';
import { FollowsPublications, type FollowedPublications } from './publications';
import { TrustLists, type FollowedList } from './trust-lists';

/** What was found where it is looked for, to be kept. */
interface Taken { readonly envelope: Envelope; readonly serial: number; readonly expires: string; readonly etag: string | null; readonly isNew: boolean }
interface Looked { readonly table: 'trust_list' | 'publication'; readonly id: string; readonly fault: string | null; readonly taken: Taken | undefined }
interface KnownRow { readonly body: Body; readonly list_id: string | null; readonly known_until: Date | null }

/**
 * Follows the lists of regional bodies: takes a newer one, and makes known whom they name. When no newer one comes it goes on with what it has: with a warning in the last week, without anybody new after the end,
 * and after the days of grace without those whom only that list vouches for.
 */
@Injectable()
export class FollowsLists implements JobHandler<Record<never, never>> {
  constructor(
    private readonly db: Database, private readonly node: OwnNode, private readonly lists: TrustLists, private readonly publications: FollowsPublications, private readonly fetching: FetchesList, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly diary: Log,
  ) {}

  async run(ctx: RequestContext): Promise<void> {
    for (const one of await this.lists.followed(ctx)) await this.#look(ctx, one);
    for (const one of await this.publications.followed(ctx)) await this.#lookAtPublications(ctx, one);
    const lists = await this.lists.followed(ctx);
    for (const { followed, standing } of lists) if (standing !== 'current') this.diary.warn('sharing.list-not-current', { council: ctx.council.slug, list: followed.id, standing });
    await this.#apply(ctx, lists);
  }

  async #look(ctx: RequestContext, one: FollowedList): Promise<void> {
    const found = await this.fetching.fetch(ctx, one);
    if (!found.ok) this.diary.warn('sharing.list-not-taken', { council: ctx.council.slug, list: one.followed.id, fault: found.refusal.reason });
    const taken = found.ok && !found.value.isSame ? found.value : undefined;
    await this.#keep(ctx, { table: 'trust_list', id: one.followed.id, fault: found.ok ? null : found.refusal.reason, taken: taken && { ...taken, ...taken.list } }, async (tx, { serial, expires }) => {
      await knowAnew(tx);
      audit(tx, { action: 'sharing.list-taken', subject: { type: 'sharing.trust-list', id: one.followed.id }, detail: { serial, expires } });
    });
  }

  /** What is published beside a list is there to be chosen: who is known, and what is told, does not change by it. */
  async #lookAtPublications(ctx: RequestContext, one: FollowedPublications): Promise<void> {
    const { id, publications: url } = one.followed;
    if (url === undefined) return;
    const found = await this.fetching.fetchPublications(ctx, url, one);
    if (!found.ok) this.diary.warn('sharing.publications-not-taken', { council: ctx.council.slug, list: id, fault: found.refusal.reason });
    const taken = found.ok && !found.value.isSame ? found.value : undefined;
    await this.#keep(ctx, { table: 'publication', id, fault: found.ok ? null : found.refusal.reason, taken: taken && { ...taken, ...taken.publications } }, (tx, { serial, expires }) => {
      audit(tx, { action: 'sharing.publications-taken', subject: { type: 'sharing.trust-list', id }, detail: { serial, expires } });
      return Promise.resolve();
    });
  }

  async #keep(ctx: RequestContext, { table, id, fault, taken }: Looked, whenNew: (tx: TransactionContext, taken: Taken) => Promise<void>): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `insert into sharing.${table} (council_id, list_id, asked_at, fault) values ($1, $2, $3, $4) on conflict (council_id, list_id) do update set asked_at = excluded.asked_at, fault = excluded.fault`, [ctx.council.id, id, now, fault]);
      if (!taken) return;
      // Of two that were found at once the newer stays.
      const [kept] = await sql(tx, `
        update sharing.${table} set envelope = $3, serial = $4, etag = $5, taken_at = case when serial = $4 then taken_at else $6 end
        where council_id = $1 and list_id = $2 and (serial is null or serial <= $4) returning serial`, [ctx.council.id, id, JSON.stringify(taken.envelope), taken.serial, taken.etag, now]);
      if (kept && taken.isNew) await whenNew(tx, taken);
    });
  }

  /** From what is here, whether or not anything came: time alone changes who is known. */
  async #apply(ctx: RequestContext, lists: readonly FollowedList[]): Promise<void> {
    const now = this.clock.now();
    const listed = listedBodies(lists, this.node.id(ctx));
    const { privateNodes: except = [] } = this.node.options(ctx);
    await this.db.run(ctx, async (tx) => {
      const known = await sql<KnownRow>(tx, 'select body, list_id, known_until from sharing.peer where council_id = $1 order by peer_id for no key update', [ctx.council.id]);
      const { come, changed, gone, stolen, otherLog } = listedChanges(listed, known.map(({ body, list_id: listId, known_until: until }) => ({ body, listId, until })), now);
      const [callable, hidden] = [[...come, ...changed].filter(({ body }) => isCallable(body, except)), [...come, ...changed].filter(({ body }) => !isCallable(body, except))];
      for (const { body: { id }, listId } of hidden) this.diary.warn('sharing.listed-node-not-public', { council: ctx.council.slug, list: listId, peer: id });
      for (const peer of otherLog) this.diary.warn('sharing.listed-with-another-log', { council: ctx.council.slug, peer });
      if (callable.length > 0) {
        await sql(tx, `
          insert into sharing.peer (council_id, peer_id, body, pinned_at, list_id, known_until)
          select $1, r.id, r.body, $2, r.list, r.until from jsonb_to_recordset($3::jsonb) as r (id text, body jsonb, list text, until timestamptz)
          on conflict (council_id, peer_id) do update set body = excluded.body, list_id = excluded.list_id, known_until = excluded.known_until, pinned_at = case when sharing.peer.body = excluded.body then sharing.peer.pinned_at else excluded.pinned_at end
          where sharing.peer.known_until is not null`, [ctx.council.id, now, JSON.stringify(callable.map(({ body, listId, until }) => ({ id: body.id, body, list: listId, until })))]);
      }
      if (gone.length > 0) await sql(tx, 'update sharing.peer set known_until = $2 where council_id = $1 and peer_id = any($3) and known_until > $2', [ctx.council.id, now, gone]);
      if (stolen.length > 0) {
        await sql(tx, `update sharing.peer p set body = r.body from jsonb_to_recordset($2::jsonb) as r (id text, body jsonb) where p.council_id = $1 and p.peer_id = r.id and p.known_until is null`, [ctx.council.id, JSON.stringify(stolen.map((body) => ({ id: body.id, body })))]);
      }
      const [joined, renewed] = [callable.filter((one) => come.includes(one)), callable.filter((one) => changed.includes(one))];
      if (joined.length + renewed.length + gone.length + stolen.length === 0) return;
      await knowAnew(tx);
      audit(tx, { action: 'sharing.lists-applied', subject: { type: 'sharing.trust-list', id: lists.map(({ followed }) => followed.id).join(' ') || 'none' }, detail: { come: idsOf(joined), changed: idsOf(renewed), gone, stolen: stolen.map(({ id }) => id) } });
    });
  }
}

function idsOf(bodies: readonly ListedBody[]): readonly string[] { return bodies.map(({ body }) => body.id); }

/** Whether what a list says of where a node is may be called: this council has not looked at the address itself. */
function isCallable({ endpoint }: Body, except: readonly string[]): boolean {
  try {
    publicTarget(endpoint, { except });
    return true;
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'not-allowed') return false;
    throw error;
  }
}
