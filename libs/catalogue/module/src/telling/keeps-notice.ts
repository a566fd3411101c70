import { openNotice, respelt, type Notice, type Publisher } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import { done, refused, type Outcome, type Refusal, type TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { validRange } from 'semver';
import { showPackageAnew } from '../listing/package-in-list';
import type { HeldFeed } from '../logging/writes-feed';

/** Why a notice is not listed. */
export type NoticeNotListed = Refusal<'unknown-publisher' | 'not-signed' | 'not-newer' | 'no-range' | 'removed-here'>;

/** Lists a notice: the same for what is handed in and for what comes from another catalogue's feed. Nobody else lists meanwhile. */
@Injectable()
export class KeepsNotice {
  /** @param loggedAt when a log that is believed had it first; now unless told */
  async keep(tx: TransactionContext, feed: HeldFeed, envelope: Envelope, publisherId: string, from: string | null, loggedAt = feed.at): Promise<Outcome<Notice, NoticeNotListed>> {
    const [publisher] = await sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, publisherId]);
    if (!publisher) return refused('unknown-publisher', `${publisherId} does not publish here.`);
    const opened = openNotice(envelope, publisher.state, loggedAt);
    if (!opened.ok) return refused('not-signed', opened.refusal.message);
    const isRespelt = respelt(envelope, publisher.state);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    const { value: notice } = opened;
    if (validRange(notice.versions) === null) return refused('no-range', `"${notice.versions}" is no range of versions. Write one as npm does: "<2.0.0".`);
    const [known] = await sql<{ at: Date; package: string; removed_because: string | null; is_taken_off: boolean }>(tx, 'select at, package, removed_because, is_taken_off from catalogue.notice where council_id = $1 and publisher_id = $2 and notice_id = $3', [tx.council.id, publisherId, notice.id]);
    if (known?.is_taken_off) return refused('removed-here', `${notice.id} was taken off here: ${known.removed_because ?? ''} Give it another name where there is more to tell.`);
    const before = known?.removed_because === null ? known : undefined;
    if (before && before.at >= new Date(notice.at)) return refused('not-newer', `${notice.id} was told at ${before.at.toISOString()} already. Tell it again with a later time.`);
    feed.list({ kind: 'notice', about: notice.package, version: null, envelope, from });
    await sql(tx, `insert into catalogue.notice (council_id, publisher_id, notice_id, kind, package, versions, notice, digest, at, listed_at, logged_at) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11)
      on conflict (council_id, publisher_id, notice_id) do update set kind = excluded.kind, package = excluded.package, versions = excluded.versions, notice = excluded.notice, digest = excluded.digest, at = excluded.at, listed_at = excluded.listed_at, logged_at = excluded.logged_at, removed_because = null, removed_at = null`, [
      tx.council.id, publisherId, notice.id, notice.kind, notice.package, notice.versions, JSON.stringify(notice), documentDigest(envelope), new Date(notice.at), feed.at, loggedAt,
    ]);
    for (const name of new Set([notice.package, before?.package ?? notice.package])) await showPackageAnew(tx, name);
    return done(notice);
  }
}
