import type { Maturity, NoticeKind, PackageKind, PackageSummary } from '@guildhall/catalogue-contract';

/** A package as it is kept. */
export interface PackageRow {
  readonly name: string; readonly publisher_id: string; readonly kind: PackageKind; readonly description: string; readonly licence: string; readonly maturity: Maturity; readonly languages: readonly string[];
  readonly latest: string; readonly published_at: Date; readonly passed: number; readonly applicable: number; readonly noticed: readonly NoticeKind[];
}
export const summaryColumns = 'name, publisher_id, kind, description, licence, maturity, languages, latest, published_at, passed, applicable, noticed';

export function summaryOf({ name, publisher_id, kind, description, licence, maturity, languages, latest, published_at, passed, applicable, noticed }: PackageRow): PackageSummary {
  return { name, latest, kind, description, publisher: publisher_id, licence, maturity, languages, publishedAt: instant(published_at), passed, applicable, noticed };
}

/** As it is written in what was signed: without thousandths where there are none. */
export function instant(at: Date): string { return at.toISOString().replace('.000Z', 'Z'); }
