import type { Notice, Publisher } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/** A release of a package that is known here, whether or not it still stands. */
export interface KnownRelease { readonly version: string; readonly sha512: string; readonly digest: string; readonly removed_because: string | null; readonly is_taken_off: boolean }
/** What a group of releases is about: names of packages, digests of what was signed, ids of publishers. Publishers that are not named are asked for when they are met. */
export interface About { readonly names: readonly string[]; readonly digests?: readonly string[]; readonly publishers?: readonly string[] }

/**
 * What is listed before a group of releases is decided, asked for all of them at once. It stays right while nothing in the group changes what another of it depends on: each name and digest stands in it once,
 * and no publisher or notice.
 */
export class ListedBefore {
  readonly #publishers = new Map<string, Publisher | undefined>();
  private constructor(private readonly releases: ReadonlyMap<string, readonly KnownRelease[]>, private readonly shown: ReadonlySet<string>, private readonly notices: ReadonlyMap<string, readonly Notice[]>, private readonly removed: ReadonlyMap<string, string | null>) {}

  static async of(tx: TransactionContext, { names, digests = [], publishers = [] }: About): Promise<ListedBefore> {
    const council = tx.council.id;
    const [releases, shown, notices, removed, states] = await Promise.all([
      sql<KnownRelease & { name: string }>(tx, 'select name, version, sha512, digest, removed_because, is_taken_off from catalogue.release where council_id = $1 and name = any($2) and not (was_put_out and removed_because is not null and not is_taken_off)', [council, names]),
      sql<{ name: string }>(tx, 'select name from catalogue.package where council_id = $1 and name = any($2)', [council, names]),
      sql<{ name: string; notice: Notice }>(tx, 'select package as name, notice from catalogue.notice where council_id = $1 and package = any($2) and removed_because is null', [council, names]),
      digests.length === 0 ? [] : sql<{ digest: string; removed_because: string | null }>(tx, 'select digest, removed_because from catalogue.release where council_id = $1 and digest = any($2)', [council, digests]),
      publishers.length === 0 ? [] : sql<{ id: string; state: Publisher }>(tx, 'select publisher_id as id, state from catalogue.publisher where council_id = $1 and publisher_id = any($2)', [council, publishers]),
    ]);
    const before = new ListedBefore(byName(releases, (row) => row), new Set(shown.map(({ name }) => name)), byName(notices, ({ notice }) => notice), new Map(removed.map((row) => [row.digest, row.removed_because])));
    for (const id of publishers) before.#publishers.set(id, states.find((one) => one.id === id)?.state);
    return before;
  }

  releasesOf(name: string): readonly KnownRelease[] { return this.releases.get(name) ?? []; }
  isShown(name: string): boolean { return this.shown.has(name); }
  noticesAbout(name: string): readonly Notice[] { return this.notices.get(name) ?? []; }
  /** Why what was signed is listed no more; null where it is listed, undefined where it never was. */
  removedBecause(digest: string): string | null | undefined { return this.removed.get(digest); }

  async publisher(tx: TransactionContext, id: string): Promise<Publisher | undefined> {
    if (!this.#publishers.has(id)) {
      const [row] = await sql<{ state: Publisher }>(tx, 'select state from catalogue.publisher where council_id = $1 and publisher_id = $2', [tx.council.id, id]);
      this.#publishers.set(id, row?.state);
    }
    return this.#publishers.get(id);
  }
}

function byName<Row extends { readonly name: string }, Told>(rows: readonly Row[], told: (row: Row) => Told): ReadonlyMap<string, readonly Told[]> {
  const found = new Map<string, Told[]>();
  for (const row of rows) found.set(row.name, [...(found.get(row.name) ?? []), told(row)]);
  return found;
}
