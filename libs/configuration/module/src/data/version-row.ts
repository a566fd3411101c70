import type { ConfigurationKind } from '@guildhall/configuration-contract';

/** A row of `configuration.version`. */
export interface VersionRow {
  readonly kind: ConfigurationKind;
  readonly thing: string;
  readonly revision: number;
  readonly state: 'draft' | 'published' | 'discarded';
  readonly definition: number;
  readonly package_version: string;
  readonly content: object | null;
  readonly from_council: string | null;
  readonly from_gss_code: string | null;
  readonly exported_at: Date | null;
  readonly put_back_of: number | null;
  readonly made_at: Date;
  readonly made_by_id: string;
  readonly made_by_name: string;
  readonly settled_at: Date | null;
  readonly settled_by_name: string | null;
  readonly takes_effect_at: Date | null;
}

/** Every column that is read. */
export const VERSION_COLUMNS = 'kind, thing, revision, state, definition, package_version, content, from_council, from_gss_code, exported_at, put_back_of, made_at, made_by_id, made_by_name, settled_at, settled_by_name, takes_effect_at';

/** One revision as officers and programs see it. */
export interface VersionView {
  readonly revision: number;
  readonly state: VersionRow['state'];
  /** Whether it holds now. */
  readonly isInForce: boolean;
  /** Whether it goes back to what the package and the council's app say. */
  readonly isPackagesOwn: boolean;
  readonly from?: { readonly council: string; readonly gssCode: string; readonly exportedAt: string };
  readonly putBackOf?: number;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly settledAt?: string;
  readonly settledBy?: string;
  readonly takesEffectAt?: string;
  /** Of what holds now: what of it does not fit the version that is installed, and is left out, in sentences. */
  readonly problems?: readonly string[];
}

/** @param inForce the revision that holds now; 0 when none does */
export function versionView(row: VersionRow, inForce: number): VersionView {
  return {
    revision: row.revision, state: row.state, isInForce: row.revision === inForce, isPackagesOwn: row.content === null,
    ...(row.from_council && row.exported_at && { from: { council: row.from_council, gssCode: row.from_gss_code ?? '', exportedAt: row.exported_at.toISOString() } }),
    ...(row.put_back_of !== null && { putBackOf: row.put_back_of }), madeAt: row.made_at.toISOString(), madeBy: row.made_by_name,
    ...(row.settled_at && { settledAt: row.settled_at.toISOString(), settledBy: row.settled_by_name ?? '' }), ...(row.takes_effect_at && { takesEffectAt: row.takes_effect_at.toISOString() }),
  };
}

/** The revision that holds at a moment: the highest that is published and has taken effect; 0 when none has. */
export function inForceAt(rows: readonly Pick<VersionRow, 'revision' | 'takes_effect_at'>[], now: Date): number {
  return rows.reduce((highest, { revision, takes_effect_at: from }) => (from && from <= now ? Math.max(highest, revision) : highest), 0);
}

