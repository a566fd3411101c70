import { createHash } from 'node:crypto';
import { judgePackage, type PackageFacts } from '@guildhall/catalogue-contract';
import { Database, enqueue, nextTryAt, sql, write } from '@guildhall/kernel';
import { CLOCK, refused, type Clock, type JobHandler, type JobsTogether, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ListsRelease } from '../listing/lists-release';
import { cannotBeKept } from '../logging/cannot-be-kept';
import { WritesFeed } from '../logging/writes-feed';
import { DrawsPictures, type DrawnPicture } from '../picturing/draws-pictures';
import { KeptPictures } from '../picturing/kept-pictures';
import { FetchesPackage } from './fetches-package';
import { LookAtRelease } from './jobs';
import { decideSubmission } from './submission';
import { unpackPackage } from './unpack-package';

const CANNOT_BE_KEPT: Outcome<never> = refused('not-kept', 'What it says of itself cannot be kept here. Pack it anew, with less that is odd in it.');
/** After so many tries, over a night, whoever handed it in is told that it is not there. */
const MOST_TRIES = 6;

interface Waiting { readonly submission_id: string; readonly publisher_id: string; readonly about: string; readonly version: string; readonly envelope: Envelope; readonly components: string; readonly tries: number }
/** What came, and what its files say or why it is not listed. */
interface Looked { readonly waiting: Waiting; readonly facts: Outcome<PackageFacts>; readonly pictures: readonly DrawnPicture[]; readonly sha512: string }
type Job = { readonly submissionId: string };

/** So many share a transaction; so many are fetched at once, whatever they weigh. */
const MOST_TOGETHER = 25;
const FETCHED_AT_ONCE = 5;

/** Fetches releases that were handed in, looks at them without running any of it, and lists or refuses each: once, whatever breaks off on the way. */
@Injectable()
export class LooksAtRelease implements JobHandler<Job> {
  readonly together: JobsTogether<Job> = { most: () => MOST_TOGETHER, run: (jobs) => this.#runAll(jobs[0]?.ctx, jobs.map(({ data }) => data.submissionId)) };

  constructor(private readonly db: Database, private readonly fetching: FetchesPackage, private readonly feed: WritesFeed, private readonly listing: ListsRelease, private readonly drawing: DrawsPictures, private readonly pictures: KeptPictures, @Inject(CLOCK) private readonly clock: Clock) {}

  run(ctx: RequestContext, { submissionId }: Job): Promise<void> { return this.#runAll(ctx, [submissionId]); }

  async #runAll(ctx: RequestContext | undefined, submissionIds: readonly string[]): Promise<void> {
    if (!ctx) return;
    const waiting = await this.db.query<Waiting>(ctx, `select submission_id, publisher_id, about, version, envelope, components, tries from catalogue.submission where council_id = $1 and submission_id = any($2::uuid[]) and kind = 'release' and state = 'waiting'`, [ctx.council.id, submissionIds]);
    const looked: Looked[] = [];
    for (let at = 0; at < waiting.length; at += FETCHED_AT_ONCE) looked.push(...(await Promise.all(waiting.slice(at, at + FETCHED_AT_ONCE).map((one) => this.#look(ctx, one)))).filter((one) => one !== undefined));
    if (looked.length > 0) await this.#list(ctx, looked).catch((error: unknown) => this.#listOneByOne(ctx, looked, error));
  }

  /** One that cannot be kept is refused, and keeps none of those that came with it. */
  async #listOneByOne(ctx: RequestContext, looked: readonly Looked[], error: unknown): Promise<void> {
    if (!cannotBeKept(error)) throw error;
    if (looked.length === 1) return this.#list(ctx, looked.map((one) => ({ ...one, facts: CANNOT_BE_KEPT })));
    for (const one of looked) await this.#list(ctx, [one]).catch((its: unknown) => this.#listOneByOne(ctx, [one], its));
  }

  async #look(ctx: RequestContext, waiting: Waiting): Promise<Looked | undefined> {
    const fetched = await this.fetching.fetch(ctx, waiting.about, waiting.version);
    if (!fetched.ok) {
      await this.#later(ctx, waiting.submission_id, waiting, fetched.refusal.message, fetched.refusal.reason === 'not-yet');
      return undefined;
    }
    const { facts, pictures } = await this.#read(fetched.value);
    return { waiting, facts, pictures, sha512: createHash('sha512').update(fetched.value).digest('hex') };
  }

  /** What its files say, and its pictures; or why it is not listed. */
  async #read(packed: Uint8Array): Promise<Pick<Looked, 'facts' | 'pictures'>> {
    try {
      const unpacked = await unpackPackage(packed);
      const facts = unpacked.ok ? judgePackage(unpacked.value) : unpacked;
      if (!facts.ok || !unpacked.ok) return { facts, pictures: [] };
      const pictures = await this.drawing.draw(facts.value, unpacked.value);
      return pictures.ok ? { facts, pictures: pictures.value } : { facts: pictures, pictures: [] };
    } catch (error) {
      if (cannotBeKept(error)) return { facts: CANNOT_BE_KEPT, pictures: [] };
      throw error;
    }
  }

  /** In one transaction: what is listed, its entries in the feed, and what becomes of what was handed in. */
  #list(ctx: RequestContext, looked: readonly Looked[]): Promise<void> {
    return this.db.run(ctx, async (tx) => {
      const still = await sql<{ submission_id: string }>(tx, `select submission_id from catalogue.submission where council_id = $1 and submission_id = any($2::uuid[]) and state = 'waiting' order by submission_id for update`, [ctx.council.id, looked.map(({ waiting }) => waiting.submission_id)]);
      const ids = new Set(still.map(({ submission_id: id }) => id));
      const ours = looked.filter(({ waiting }) => ids.has(waiting.submission_id));
      if (ours.length === 0) return;
      await this.feed.hold(tx, async (feed) => {
        for (const { waiting: { submission_id: id, about: name, version, envelope, components, publisher_id: publisherId }, facts, pictures, sha512 } of ours) {
          const outcome: Outcome<unknown> = facts.ok ? await this.listing.list(tx, feed, { name, version, envelope, components, publisherId, sha512, facts: facts.value, from: null }) : facts;
          if (outcome.ok) await this.pictures.keep(tx, name, version, pictures);
          decideSubmission(tx, id, this.clock.now(), { reasons: outcome.ok ? [] : [outcome.refusal.message] });
        }
      });
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
