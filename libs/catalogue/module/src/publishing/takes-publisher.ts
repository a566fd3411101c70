import { openPublisher, publisherKeysAt, readPublisher, respelt, type Publisher, type Submission, type SubmitRefusal } from '@guildhall/catalogue-contract';
import { Database, isTaken } from '@guildhall/kernel';
import { CLOCK, IDS, done, refused, type Clock, type Ids, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { canonicalize, readEnvelope, verifyEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { hostOf } from '../assessing/was-assessed';
import { WritesFeed } from '../logging/writes-feed';
import { givenBefore, keepSubmission, same, tooManyNewcomers, tooMuchWaits, type Given } from '../taking/submission';
import { KeepsPublisher, type PublisherNotListed } from './keeps-publisher';
import { ReadsPublishers } from './reads-publishers';

const MOST_WAITING = 20;
/** What anybody could hand in without an end: nothing of it is kept. */
const REFUSED_AT_ONCE: readonly PublisherNotListed['reason'][] = ['not-signed', 'not-newer', 'another', 'malformed'];

/** Takes what a publisher says of itself. Newer keys are listed at once; who somebody is, and under which names they publish, a person makes sure of. */
@Injectable()
export class TakesPublisher {
  constructor(
    private readonly db: Database, private readonly publishers: ReadsPublishers, private readonly feed: WritesFeed, private readonly keeping: KeepsPublisher,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async take(ctx: RequestContext, envelope: Envelope, again = true): Promise<Outcome<Submission, SubmitRefusal>> {
    const read = readEnvelope(envelope);
    if (!read.ok) return read;
    const said = readPublisher(jsonOf(read.value));
    const before = said.ok ? await this.publishers.known(ctx, said.value.id) : undefined;
    const now = this.clock.now();
    // What is older than what is known is no new submission, but may be one that came before.
    const opened = openPublisher(read.value, before && said.ok && said.value.serial <= before.serial ? undefined : before, now);
    if (!opened.ok) return refused(opened.refusal.reason === 'not-signed' ? 'not-signed' : 'malformed', opened.refusal.message);
    const publisher = opened.value;
    const isRespelt = respelt(read.value, ...(before ? [before] : []), publisher);
    if (isRespelt !== undefined) return refused('not-signed', isRespelt);
    const given: Given = { kind: 'publisher', envelope: read.value, publisher: publisher.id, about: publisher.id, words: [publisher.id, publisher.name.en, publisher.name.cy, ...publisher.scopes, publisher.contact.email].join(' ') };
    try {
      return await this.db.run(ctx, async (tx) => {
        const known = await givenBefore(tx, given);
        if (known) return same(known);
        const id = this.ids.uuid();
        if (!before || needsPerson(publisher, before, holdersOf(read.value, before, now))) {
          const tooMany = (await tooMuchWaits(tx, given, MOST_WAITING)) ?? (before ? undefined : await tooManyNewcomers(tx));
          if (tooMany) return tooMany;
          return done(keepSubmission(tx, id, given, now, { state: 'waiting' }));
        }
        const kept = await this.feed.hold(tx, (feed) => this.keeping.keep(tx, feed, read.value, publisher.id, null));
        if (!kept.ok && REFUSED_AT_ONCE.includes(kept.refusal.reason)) return refused('not-signed', kept.refusal.message);
        return done(keepSubmission(tx, id, given, now, { state: kept.ok ? 'listed' : 'refused', reasons: kept.ok ? [] : [kept.refusal.message] }));
      }, { retry: true });
    } catch (error) {
      if (again && isTaken(error, 'catalogue.submission')) return this.take(ctx, envelope, false);
      throw error;
    }
  }
}

/** In whose hands the keys are that signed. */
function holdersOf(envelope: Envelope, before: Publisher, now: Date): readonly string[] {
  const signed = verifyEnvelope(envelope, publisherKeysAt(before, now), 1);
  return signed.ok ? before.keys.filter(({ keyid }) => signed.value.keyids.includes(keyid)).map(({ holder }) => holder) : [];
}

/** Another name, one more scope, a website at another host, by which its deployments are known, or that a key is in somebody else's hands than theirs who signed, is something that only a person can make sure of: a contract is signed by two people, and not by one who names a second. */
function needsPerson(publisher: Publisher, before: Publisher, signers: readonly string[]): boolean {
  const isHandedOver = publisher.keys.some(({ keyid, holder }) => {
    const known = before.keys.find((key) => key.keyid === keyid);
    return known ? known.holder !== holder : !signers.includes(holder);
  });
  return publisher.serial > before.serial && (isHandedOver || publisher.kind !== before.kind || canonicalize(publisher.name) !== canonicalize(before.name) || (publisher.contact.web !== undefined && hostOf(publisher.contact.web) !== hostOf(before.contact.web)) || publisher.scopes.some((scope) => !before.scopes.includes(scope)));
}

function jsonOf({ payload }: Envelope): unknown {
  try { return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown; } catch { return undefined; }
}
