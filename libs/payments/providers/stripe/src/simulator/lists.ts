import type { Answer } from '@guildhall/payments-contract/far-end';
import { json } from '@guildhall/payments-contract/far-end';
import type { Form } from './form';
import { formIn, textIn } from './form';
import { invalid, noSuch } from './problems';

/**
 * A page of a list (API reference, "Pagination"): the newest first, `limit` of 1 to 100 and 10 unless told, after or before the object of an id; `has_more` in the direction that is read.
 * @param found the oldest first
 */
export function pageOf<Item extends { readonly id: string; readonly createdAt: Date }>(url: string, what: string, query: Form, found: readonly Item[], view: (item: Item) => object): Answer {
  const limit = textIn(query, 'limit') ?? '10';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 100) return invalid('limit', 'This value must be between 1 and 100.', 'parameter_invalid_integer');
  const newestFirst = [...found].reverse();
  const [after, before] = [textIn(query, 'starting_after'), textIn(query, 'ending_before')];
  if (after !== undefined && before !== undefined) return invalid('ending_before', 'You cannot parameterize both starting_after and ending_before.');
  const cursor = after ?? before;
  const at = cursor === undefined ? -1 : newestFirst.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && at < 0) return { ...noSuch(what, cursor, after === undefined ? 'ending_before' : 'starting_after'), status: 400 };
  const within = newestFirst.filter((item, index) => isCreatedWithin(item, query) && (before === undefined ? index > at : index < at));
  const data = before === undefined ? within.slice(0, Number(limit)) : within.slice(-Number(limit));
  return json(200, { object: 'list', url, has_more: within.length > data.length, data: data.map(view) });
}

/** `created` as an instant or as a range, in seconds. */
function isCreatedWithin({ createdAt }: { readonly createdAt: Date }, query: Form): boolean {
  const { created } = query;
  return typeof created === 'string' ? seconds(createdAt) === Number(created) : isWithin(seconds(createdAt), formIn(query, 'created'));
}
/** Whether a number of seconds is in a range of the API: `gt`, `gte`, `lt`, `lte`. */
export function isWithin(value: number, range: Form | undefined): boolean {
  const bound = (name: string): number | undefined => { const text = textIn(range, name); return text === undefined ? undefined : Number(text); };
  const [gt, gte, lt, lte] = [bound('gt'), bound('gte'), bound('lt'), bound('lte')];
  return (gt === undefined || value > gt) && (gte === undefined || value >= gte) && (lt === undefined || value < lt) && (lte === undefined || value <= lte);
}
function seconds(at: Date): number { return Math.floor(at.getTime() / 1000); }
