import { InvalidInput } from '@guildhall/kernel-contract';
import { dto } from '@guildhall/kernel';
import { ListCases } from '@guildhall/cases-contract';
import type { PipeTransform } from '@nestjs/common';

/** A query string as Fastify reads it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const TEXTS = ['assignee', 'caseType', 'state', 'ward', 'zone', 'status', 'dueBy', 'personId', 'text', 'sort', 'after'] as const;
const KNOWN = new Set<string>([...TEXTS, 'teams', 'overdue', 'needsAttention', 'limit', 'most', 'lang']);

/** The conditions of a list from a query string. @throws InvalidInput naming what is wrong */
export async function listRequestFrom(query: Query): Promise<ListCases> {
  const given: Record<string, unknown> = {};
  const unknown = Object.keys(query).filter((name) => !KNOWN.has(name));
  if (unknown.length) throw new InvalidInput('The query has parameters that are not known.', unknown.map((field) => ({ field, message: 'is not known' })));
  for (const name of TEXTS) if (query[name] !== undefined && query[name] !== '') given[name] = query[name];
  if (typeof query.teams === 'string') given.teams = query.teams.split(',').filter(Boolean);
  if (query.overdue !== undefined) given.overdue = query.overdue === 'true';
  if (query.needsAttention !== undefined) given.needsAttention = query.needsAttention === 'true';
  if (query.limit !== undefined) given.limit = Number(query.limit);
  const pipe = new (dto(ListCases))() as PipeTransform<unknown, Promise<ListCases>>;
  return pipe.transform(given, { type: 'query' });
}

/** A whole number from a query string. @throws InvalidInput */
export function wholeNumber(query: Query, name: string, least: number, most: number): number | undefined {
  const given = query[name];
  if (given === undefined || given === '') return undefined;
  const number = Number(given);
  if (!Number.isInteger(number) || number < least || number > most) throw new InvalidInput(`${name} must be a whole number from ${least} to ${most}.`, [{ field: name, message: `must be a whole number from ${least} to ${most}` }]);
  return number;
}
