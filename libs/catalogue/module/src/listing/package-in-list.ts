import { concerns, latestVersion, looksOfPackage, type Notice, type PackageFacts } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { WORDS_OF_PACKAGE, wordsIn } from '../searching/search-words';

/** So much of what a package says is looked through. */
const MOST_WORDS_CHARACTERS = 20_000;
const words = (...texts: readonly string[]): string => wordsIn(...texts).slice(0, MOST_WORDS_CHARACTERS);

/** Notices about a package, as they stand now. */
export async function noticesAbout(tx: TransactionContext, name: string): Promise<readonly Notice[]> {
  return (await sql<{ notice: Notice }>(tx, 'select notice from catalogue.notice where council_id = $1 and package = $2 and removed_because is null', [tx.council.id, name])).map(({ notice }) => notice);
}

/** Shows a package by this release of it. */
export async function showPackage(tx: TransactionContext, publisher: string, facts: PackageFacts, publishedAt: Date, notices: readonly Notice[]): Promise<void> {
  const { name, version, kind, description, licence, maturity, languages, provides, reports, keywords, id, events, permissions, personalData } = facts;
  const results = reports.flatMap((report) => report.results);
  const looks = looksOfPackage(name);
  const noticed = [...new Set(notices.filter((notice) => concerns(notice, name, version)).map((notice) => notice.kind))].sort();
  await sql(tx, `
    insert into catalogue.package (council_id, name, publisher_id, kind, description, licence, maturity, languages, provides, latest, published_at, passed, applicable, noticed, words, scope_looks, name_looks)
    select $1, $2, $3, $4, $5, $6, $7, $8::text[], $9::text[], $10, $11::timestamptz, $12::int, $13::int, $14::text[], ${WORDS_OF_PACKAGE('$15::text', '$16::text', '$17::text')}, $18, $19
    on conflict (council_id, name) do update set publisher_id = excluded.publisher_id, kind = excluded.kind, description = excluded.description, licence = excluded.licence, maturity = excluded.maturity, languages = excluded.languages, provides = excluded.provides,
      latest = excluded.latest, published_at = excluded.published_at, passed = excluded.passed, applicable = excluded.applicable, noticed = excluded.noticed, words = excluded.words`, [
    tx.council.id, name, publisher, kind, description, licence, maturity, languages, Object.keys(provides), version, publishedAt.toISOString(),
    results.filter(({ result }) => result === 'passed').length, results.filter(({ result }) => result !== 'not-applicable').length, noticed,
    words(name, id), words(description, ...keywords), words(kind, ...Object.keys(provides), ...events, ...permissions, ...personalData.map(({ data }) => data)), looks.scope, looks.name,
  ]);
}

/** Shows a package by what is listed of it now, after a notice or a removal. */
export async function showPackageAnew(tx: TransactionContext, name: string): Promise<void> {
  const [releases, notices] = await Promise.all([
    sql<{ version: string }>(tx, 'select version from catalogue.release where council_id = $1 and name = $2 and removed_because is null', [tx.council.id, name]),
    noticesAbout(tx, name),
  ]);
  const latest = latestVersion(name, releases.map(({ version }) => version), notices);
  if (latest === undefined) {
    await sql(tx, 'delete from catalogue.package where council_id = $1 and name = $2', [tx.council.id, name]);
    return;
  }
  const [found] = await sql<{ facts: PackageFacts; published_at: Date; publisher_id: string }>(tx, 'select facts, published_at, publisher_id from catalogue.release where council_id = $1 and name = $2 and version = $3', [tx.council.id, name, latest]);
  if (found) await showPackage(tx, found.publisher_id, found.facts, found.published_at, notices);
}
