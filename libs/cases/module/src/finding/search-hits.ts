import type { RequestContext } from '@guildhall/kernel-contract';
import type { Database } from '@guildhall/kernel';
import type { SearchWord } from '@guildhall/cases-contract';
import { MOST_LOOKED_AT, isLike } from './case-query';

/** The word that fewest cases have: the search begins there, so that "Testham" in every address costs nothing. */
export async function rarestOf(database: Database, ctx: RequestContext, words: readonly SearchWord[]): Promise<SearchWord | undefined> {
  if (words.length < 2) return words[0];
  const counts = await Promise.all(words.map(async (word) => {
    const values: unknown[] = [ctx.council.id];
    const [row] = await database.query<{ count: number }>(ctx, `select count(*)::int as count from (select from cases.search_word where council_id = $1 and ${isLike('word', word, (value) => `$${values.push(value)}`)} order by word, case_id limit ${MOST_LOOKED_AT}) as found`, values);
    return { word, count: row?.count ?? 0 };
  }));
  return counts.reduce((rarest, one) => (one.count < rarest.count ? one : rarest)).word;
}

/**
 * The cases with a word, at most a thousand: the newest of those that have just this word, for ids are in order of time, then those with a word that begins with it.
 * The key is read backwards, and only so far.
 */
export async function casesWith(database: Database, ctx: RequestContext, word: SearchWord): Promise<{ readonly ids: readonly string[]; readonly isCut: boolean }> {
  const rows = await database.query<{ case_id: string }>(ctx, ...hitsOf(ctx.council.id, word));
  return { ids: [...new Set(rows.map(({ case_id }) => case_id))], isCut: rows.length >= MOST_LOOKED_AT };
}

/** The statement of it, with its values. */
export function hitsOf(councilId: string, word: SearchWord): [string, unknown[]] {
  const values: unknown[] = [councilId];
  const read = (wanted: SearchWord, besides = '') => `(select case_id from cases.search_word where council_id = $1 and ${isLike('word', wanted, (value) => `$${values.push(value)}`)} ${besides} order by word desc, case_id desc limit ${MOST_LOOKED_AT})`;
  const exact = read({ word: word.word, isWhole: true });
  return [word.isWhole ? exact : `select case_id from (${exact} union all ${read(word, 'and word > $2')}) as hits limit ${MOST_LOOKED_AT}`, values];
}
