import { InvalidInput } from '@guildhall/kernel-contract';
import type { PackagePage, PackageQuery, PackageSummary } from '../catalogue-api';
import { PACKAGE_KINDS, type PackageFacts } from '../package-facts';

const USUAL_LIMIT = 20;

/** A page of those packages that fit, which come in the order of their names. @throws InvalidInput */
export function pageOf(packages: readonly { readonly summary: PackageSummary; readonly facts: PackageFacts }[], query: PackageQuery): PackagePage {
  const { kind, limit = USUAL_LIMIT, after } = query;
  const from = after === undefined ? '' : /^after:(.+)$/.exec(Buffer.from(after, 'base64url').toString('utf8'))?.[1];
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 100 || from === undefined || (kind !== undefined && !PACKAGE_KINDS.includes(kind))) throw new InvalidInput('A search has a limit of 1 to 100, and what is known here.');
  const found = packages.filter((one) => fits(one, query)).map(({ summary }) => summary);
  const rest = found.filter(({ name }) => name > from);
  return { items: rest.slice(0, limit), next: rest.length > limit ? Buffer.from(`after:${rest[limit - 1]?.name ?? ''}`).toString('base64url') : null, total: found.length };
}

function fits({ summary: { name, publisher }, facts }: { readonly summary: PackageSummary; readonly facts: PackageFacts }, query: PackageQuery): boolean {
  const text = [name, facts.id, facts.description, ...facts.keywords, ...Object.keys(facts.provides)].join(' ').toLowerCase();
  return (query.words ?? '').toLowerCase().split(/\s+/).every((word) => text.includes(word)) && (query.kind ?? facts.kind) === facts.kind && (query.contract === undefined || query.contract in facts.provides)
    && (query.language === undefined || facts.languages.includes(query.language as 'en')) && (query.publisher ?? publisher) === publisher && (query.maturity ?? facts.maturity) === facts.maturity;
}
