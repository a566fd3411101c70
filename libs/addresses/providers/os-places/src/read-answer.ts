import type { OutboundResponse } from '@guildhall/kernel-contract';

/** One result, as its data set has it. */
export interface OsPlacesResult { readonly dataset: 'DPA' | 'LPI'; readonly fields: Readonly<Record<string, unknown>> }
/** An answer of OS Places, looked at but for the fields of its results. */
export interface OsPlacesAnswer {
  readonly results: readonly OsPlacesResult[];
  /** How many came, those that cannot be read included: the next page begins behind them. */
  readonly received: number;
  /** All that match, whatever part of them is here. */
  readonly total: number;
  /** Which issue of AddressBase the answer is from. */
  readonly epoch?: string;
}

/**
 * Reads the body of a 200. Where nothing matches, the real service leaves `results` out.
 * @returns undefined when it is not an answer of OS Places: a proxy's sign-in page must not pass for "nothing found"
 */
export function readAnswer(response: Pick<OutboundResponse, 'json'>): OsPlacesAnswer | undefined {
  let body: unknown;
  try { body = response.json(); } catch { return undefined; }
  if (!isRecord(body) || !isRecord(body['header'])) return undefined;
  const { header, results = [] } = body;
  const total = Number((header as Readonly<Record<string, unknown>>)['totalresults']);
  const epoch = (header as Readonly<Record<string, unknown>>)['epoch'];
  if (!Number.isInteger(total) || total < 0 || !Array.isArray(results) || (total === 0 && results.length > 0)) return undefined;
  if (total > 0 && body['results'] === undefined) return undefined;
  return { total, received: results.length, epoch: typeof epoch === 'string' || typeof epoch === 'number' ? String(epoch) : undefined, results: results.flatMap(readResult) };
}

function readResult(result: unknown): OsPlacesResult[] {
  if (!isRecord(result)) return [];
  return (['DPA', 'LPI'] as const).flatMap((dataset) => (isRecord(result[dataset]) ? [{ dataset, fields: result[dataset] }] : []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
