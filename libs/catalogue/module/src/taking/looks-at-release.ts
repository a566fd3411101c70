import { createHash } from 'node:crypto';
import { judgePackage } from '@guildhall/catalogue-contract';
import { Database, enqueue, nextTryAt, sql, write } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ListsRelease } from '../listing/lists-release';
import { WritesFeed } from '../logging/writes-feed';
import { FetchesPackage } from './fetches-package';
import { LookAtRelease } from './jobs';
import { decideSubmission } from './submission';
import { unpackPackage } from './unpack-package';

/** After so many tries, over a night, whoever handed it in is told that it is not there. */
const MOST_TRIES = 6;

interface Waiting { readonly publisher_id: string; readonly about: string; readonly version: string; readonly envelope: Envelope; readonly components: string; readonly tries: number }

/** Fetches a release that was handed in, looks at it without running any of it, and lists or refuses it: once, whatever breaks off on the way. */
@Injectable()
export class LooksAtRelease implements JobHandler<{ readonly submissionId: string }> {
  constructor(private readonly db: Database, private readonly fetching: FetchesPackage, private readonly feed: WritesFeed, private readonly listing: ListsRelease, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext, { submissionId }: { readonly submissionId: string }): Promise<void> {
    const [waiting] = await this.db.query<Waiting>(ctx, `select publisher_id, about, version, envelope, components, tries from catalogue.submission where council_id = $1 and submission_id = $2 and kind = 'release' and state = 'waiting'`, [ctx.council.id, submissionId]);
    if (!waiting) return;
    const { about: name, version, envelope, components, publisher_id: publisherId } = waiting;
    const fetched = await this.fetching.fetch(ctx, name, version);
    if (!fetched.ok) return this.#later(ctx, submissionId, waiting, fetched.refusal.message, fetched.refusal.reason === 'not-yet');
    const unpacked = await unpackPackage(fetched.value);
    const facts = unpacked.ok ? judgePackage(unpacked.value) : unpacked;
    const sha512 = createHash('sha512').update(fetched.value).digest('hex');
    await this.db.run(ctx, async (tx) => {
      const [still] = await sql(tx, `select 1 as still from catalogue.submission where council_id = $1 and submission_id = $2 and state = 'waiting' for update`, [ctx.council.id, submissionId]);
      if (!still) return;
      const outcome: Outcome<unknown> = facts.ok ? await this.feed.hold(tx, (feed) => this.listing.list(tx, feed, { name, version, envelope, components, publisherId, sha512, facts: facts.value, from: null })) : facts;
      decideSubmission(tx, submissionId, this.clock.now(), { reasons: outcome.ok ? [] : [outcome.refusal.message] });
    }, { retry: true });
  }

  /** What is not there may still come: registries tell of a new release with a delay, and sleep at times. */
  async #later(ctx: RequestContext, submissionId: string, { tries, publisher_id: publisher }: Waiting, because: string, mayCome: boolean): Promise<void> {
    const now = this.clock.now();
    const at = mayCome && tries + 1 < MOST_TRIES ? nextTryAt(now, tries + 1, chanceOf(submissionId)) : undefined;
    await this.db.run(ctx, async (tx) => {
      const [still] = await sql(tx, `select 1 as still from catalogue.submission where council_id = $1 and submission_id = $2 and state = 'waiting' and tries = $3 and publisher_id = $4 for update`, [ctx.council.id, submissionId, tries, publisher]);
      if (!still) return;
      if (!at) decideSubmission(tx, submissionId, now, { reasons: [because], keeps: true });
      else {
        write(tx, 'update catalogue.submission set tries = tries + 1, reasons = array[$3], next_try_at = $4::timestamptz where council_id = $1 and submission_id = $2', [ctx.council.id, submissionId, because, at.toISOString()]);
        enqueue(tx, LookAtRelease, { submissionId }, { key: submissionId, runAt: at });
      }
    });
  }
}

/** From 0 to 1, the same for the same. */
function chanceOf(id: string): number { return (createHash('sha256').update(id).digest()[0] ?? 0) / 256; }
