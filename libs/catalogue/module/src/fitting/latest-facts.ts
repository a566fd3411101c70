import type { Notice, PackageFacts, PackageKind } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { askedWords } from '../searching/search-words';

/** So many are in memory at once, however many a catalogue lists. */
const MOST_AT_ONCE = 500;
/** What a package can do in a council's app is in neither of these, and they are the most of it. */
const FACTS = `r.facts || '{"readme":"","reports":[],"screenshots":[]}'::jsonb as facts`;

/** What is looked for among all packages: everything unless told. */
export interface Narrowed { readonly kind?: PackageKind | undefined; readonly words?: string | undefined }

/** What the latest releases say of themselves. */
@Injectable()
export class LatestFacts {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Of everything that a council installs, by name, some at a time until there is no more. Standards and tools come with something else. */
  async *all(ctx: RequestContext, narrowed: Narrowed = {}): AsyncGenerator<readonly PackageFacts[], void> {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const facts: readonly PackageFacts[] = await this.#after(ctx, after, narrowed);
      yield facts;
      after = facts.length < MOST_AT_ONCE ? undefined : facts.at(-1)?.name;
    }
  }

  async #after(ctx: RequestContext, name: string, { kind, words }: Narrowed): Promise<readonly PackageFacts[]> {
    const asked = askedWords(words);
    const values: unknown[] = [ctx.council.id, name];
    const put = (value: unknown): string => `$${values.push(value)}`;
    const query = asked === undefined ? undefined : `to_tsquery('english', ${put(asked)})`;
    const rows = await this.db.query<{ facts: PackageFacts }>(ctx, `
      select ${FACTS} from catalogue.package p join catalogue.release r on r.council_id = p.council_id and r.name = p.name and r.version = p.latest
      where p.council_id = $1 and p.kind not in ('contract', 'tool') and not 'withdrawal' = any(p.noticed) and p.name > $2
      ${kind === undefined ? '' : `and p.kind = ${put(kind)}`} ${query === undefined ? '' : `and (p.words @@ ${query} or numnode(${query}) = 0)`} order by p.name limit ${MOST_AT_ONCE}`, values);
    return rows.map(({ facts }) => facts);
  }

  async of(ctx: RequestContext, names: readonly string[]): Promise<readonly PackageFacts[]> {
    const rows = await this.db.query<{ facts: PackageFacts }>(ctx, `
      select ${FACTS} from catalogue.package p join catalogue.release r on r.council_id = p.council_id and r.name = p.name and r.version = p.latest where p.council_id = $1 and p.name = any($2) order by p.name limit ${MOST_AT_ONCE}`, [ctx.council.id, names]);
    return rows.map(({ facts }) => facts);
  }

  /** The latest version and all notices of packages, by name. */
  async toldOf(ctx: RequestContext, names: readonly string[]): Promise<ReadonlyMap<string, { readonly latest: string; readonly notices: readonly Notice[] }>> {
    const rows = await this.db.query<{ name: string; latest: string; notices: readonly Notice[] }>(ctx, `
      select p.name, p.latest, coalesce((select jsonb_agg(n.notice order by n.at desc) from catalogue.notice n where n.council_id = p.council_id and n.package = p.name and n.removed_because is null), '[]') as notices
      from catalogue.package p where p.council_id = $1 and p.name = any($2) order by p.name limit ${MOST_AT_ONCE}`, [ctx.council.id, names]);
    return new Map(rows.map(({ name, latest, notices }) => [name, { latest, notices }]));
  }
}
