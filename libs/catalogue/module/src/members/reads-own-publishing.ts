import { publisherKeysAt, type Publisher, type Submission } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keyFingerprint } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { ReadsPublishers } from '../publishing/reads-publishers';
import type { Organisation } from './organisations';

/** What somebody handed in under a publisher's name that waits, or was refused. */
export interface HandedIn {
  readonly id: string;
  readonly kind: 'publisher' | 'release' | 'notice' | 'assessment';
  readonly about: string;
  readonly version: string | null;
  readonly state: Exclude<Submission['state'], 'listed'>;
  readonly reasons: readonly string[];
  readonly at: Date;
}
/** An organisation as a publisher: what it is known by here, what is listed of it and what is not. */
export interface OwnPublishing {
  readonly organisation: Organisation;
  readonly keys: readonly (Publisher['keys'][number] & { readonly fingerprint: string; readonly isGood: boolean })[];
  /** The first of them by name, and how many there are. */
  readonly packages: readonly { readonly name: string; readonly latest: string }[];
  readonly count: number;
  /** That it was put out of this catalogue, and why. */
  readonly putOut?: { readonly because: string; readonly at: Date };
  /** The newest first. */
  readonly handedIn: readonly HandedIn[];
}
interface Row { readonly submission_id: string; readonly kind: HandedIn['kind']; readonly about: string; readonly version: string | null; readonly state: HandedIn['state']; readonly reasons: readonly string[]; readonly submitted_at: Date }
const [MOST_PACKAGES, MOST_HANDED_IN] = [20, 50];

/** What those who write for a publisher see of it. */
@Injectable()
export class ReadsOwnPublishing {
  constructor(@Inject(Database) private readonly db: Database, private readonly publishers: ReadsPublishers, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Of those organisations that publish here, or have handed in that they want to. */
  async of(ctx: RequestContext, organisations: readonly Organisation[]): Promise<readonly OwnPublishing[]> {
    const each = await Promise.all(organisations.map((organisation) => this.#one(ctx, organisation)));
    return each.filter(({ keys, handedIn, putOut }) => keys.length > 0 || handedIn.length > 0 || putOut);
  }

  async #one(ctx: RequestContext, organisation: Organisation): Promise<OwnPublishing> {
    const asked = [ctx.council.id, organisation.id];
    const [publisher, putOut, packages, rows] = await Promise.all([
      this.publishers.known(ctx, organisation.id),
      this.publishers.putOut(ctx, organisation.id),
      this.db.query<{ name: string; latest: string; count: number }>(ctx, `select name, latest, (count(*) over ())::int as count from catalogue.package where council_id = $1 and publisher_id = $2 order by name limit ${MOST_PACKAGES}`, asked),
      this.db.query<Row>(ctx, `select submission_id, kind, about, version, state, reasons, submitted_at from catalogue.submission where council_id = $1 and publisher_id = $2 and state <> 'listed' order by submitted_at desc, submission_id limit ${MOST_HANDED_IN}`, asked),
    ]);
    const good = new Set(publisher ? publisherKeysAt(publisher, this.clock.now()).map(({ keyid }) => keyid) : []);
    return {
      organisation, keys: (publisher?.keys ?? []).map((key) => ({ ...key, fingerprint: keyFingerprint(key.x), isGood: good.has(key.keyid) })), packages, count: packages[0]?.count ?? 0, ...(putOut && { putOut }),
      handedIn: rows.map(({ submission_id: id, submitted_at: at, kind, about, version, state, reasons }) => ({ id, kind, about, version, state, reasons, at })),
    };
  }
}
