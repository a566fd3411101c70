import { MATURITIES, PACKAGE_KINDS, type PackagePage, type PackageQuery, type PackageSummary } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { InvalidInput, type FieldError, type RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { summaryColumns, summaryOf, type PackageRow } from '../reading/package-row';
import { askedWords } from './search-words';

const USUAL = 20;
const MOST = 100;
/** Longer than anything that is asked for. */
const LONGEST = 300;

/** Finds packages: the best first where words are asked for, by their names otherwise. */
@Injectable()
export class SearchesPackages {
  constructor(private readonly db: Database) {}

  /** @throws InvalidInput */
  async search(ctx: RequestContext, query: PackageQuery): Promise<PackagePage> {
    const { limit, after } = checked(query);
    const values: unknown[] = [ctx.council.id];
    const put = (value: unknown): string => `$${values.push(value)}`;
    const asked = askedWords(query.words);
    const words = asked === undefined ? undefined : `(select to_tsquery('english', ${put(asked)}))`;
    const found = [
      'council_id = $1',
      ...(words ? [`(words @@ ${words} or numnode(${words}) = 0)`] : []),
      ...(['kind', 'maturity'] as const).flatMap((one) => (query[one] === undefined ? [] : [`${one} = ${put(query[one])}`])),
      ...(query.publisher === undefined ? [] : [`publisher_id = ${put(query.publisher)}`]),
      ...(query.contract === undefined ? [] : [`${put(query.contract)} = any(provides)`]),
      ...(query.language === undefined ? [] : [`${put(query.language)} = any(languages)`]),
    ].join(' and ');
    const weight = words ? `round((ts_rank(words, ${words}) * 1000000)::numeric)::int` : '0';
    const next = after ? `where (-weight, name) > (-${put(after.weight)}::int, ${put(after.name)})` : '';
    // Counted while they are looked through: to look through them is what a search costs.
    const rows = await this.db.query<PackageRow & { weight: number; total: number }>(ctx, `
      select * from (select ${summaryColumns}, ${weight} as weight, (count(*) over ())::int as total from catalogue.package where ${found}) as found ${next} order by weight desc, name limit ${put(limit + 1)}`, values);
    const items: readonly PackageSummary[] = rows.slice(0, limit).map(summaryOf);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items, next: last ? placeOf(last) : null, total: rows[0]?.total ?? 0 };
  }
}

interface Place { readonly weight: number; readonly name: string }
function placeOf({ weight, name }: Place): string { return Buffer.from(JSON.stringify([weight, name])).toString('base64url'); }
function placeIn(text: string): Place | undefined {
  try {
    const [weight, name] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as readonly unknown[];
    return Number.isInteger(weight) && Math.abs(weight as number) < 2 ** 31 && typeof name === 'string' && !name.includes('\0') ? { weight: weight as number, name } : undefined;
  } catch {
    return undefined;
  }
}

function checked(query: PackageQuery): { readonly limit: number; readonly after?: Place } {
  const { limit = USUAL } = query;
  const after = query.after === undefined ? undefined : placeIn(query.after);
  const faults: FieldError[] = (['words', 'contract', 'language', 'publisher'] as const).filter((field) => /\0/.test(query[field] ?? '') || (query[field] ?? '').length > LONGEST).map((field) => ({ field, message: `must be at most ${LONGEST} characters` }));
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) faults.push({ field: 'limit', message: `must be from 1 to ${MOST}` });
  if (query.after !== undefined && !after) faults.push({ field: 'after', message: 'is not the "next" of a page' });
  if (query.kind !== undefined && !PACKAGE_KINDS.includes(query.kind)) faults.push({ field: 'kind', message: `is none of ${PACKAGE_KINDS.join(', ')}` });
  if (query.maturity !== undefined && !MATURITIES.includes(query.maturity)) faults.push({ field: 'maturity', message: `is none of ${MATURITIES.join(', ')}` });
  if (faults.length > 0) throw new InvalidInput('This cannot be looked for. Each mistake is named in errors.', faults);
  return { limit, ...(after && { after }) };
}
