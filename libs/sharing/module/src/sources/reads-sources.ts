import { Database, audit, checkConnections, providerIdsOf, providerTitleOf, providersOf } from '@guildhall/kernel';
import { demand, may, unlessUnavailable, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, MANAGE_AGREEMENTS, READ_AGREEMENTS, type AttributeDefinition, type AttributeId, type EvidenceSource, type QualityReport, type RowsCounted } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';
import { shownRows, type ShownRow } from './shown-rows';

/** How many rows say whether a mapping is right: few, because they are about people. */
const ROWS = 5;

/** What a file or table is like, with what people call its items. */
export interface ShownReport extends Omit<QualityReport, 'attributes'> { readonly items: readonly { readonly title: Text; readonly known: number; readonly misfits: RowsCounted }[] }

/** A source of evidence, as whoever looks after information governance reads of it. */
export interface ShownSource {
  readonly title: string;
  readonly isConnected: boolean;
  /** What its check found, in words. */
  readonly message: string;
  readonly tells: readonly Text[];
  /** Nothing where it cannot say, or does not answer. */
  readonly reports?: readonly ShownReport[];
  readonly canReport: boolean;
}

/** The first rows of one file or table of a source. */
export interface ShownPreview { readonly name: string; readonly columns: readonly Text[]; readonly rows: readonly ShownRow[] }
/** A source with its first rows; nothing where it does not answer. */
export interface SourceWithRows { readonly title: string; readonly previews?: readonly ShownPreview[] }

interface Installed { readonly id: string; readonly title: string; readonly source: EvidenceSource }

/** Where this body tells from: whether it can be read, what it is like, and how its first rows would be told. Each look is written down. */
@Injectable()
export class ReadsSources {
  constructor(private readonly db: Database, private readonly node: OwnNode) {}

  async list(ctx: RequestContext): Promise<readonly ShownSource[]> {
    const installed = await this.#look(ctx, 'sharing.sources-looked-at');
    // First, because it takes in what has come: the report is of that.
    const checked = await checkConnections(ctx, EVIDENCE_SOURCE);
    return Promise.all(installed.map(async ({ id, title, source }): Promise<ShownSource> => {
      const { ok: isConnected, message } = checked.find(({ provider }) => provider === id) ?? { ok: true, message: '' };
      const reports = await this.#reportsOf(ctx, source);
      return { title, isConnected, message, tells: this.#definitions(ctx, source.attributes).map((one) => one.title), canReport: source.report !== undefined, ...(reports && { reports: reports.map((report) => this.#shown(ctx, report)) }) };
    }));
  }

  /** How the first rows would be told; what stands in them only for those who manage agreements. */
  async firstRows(ctx: RequestContext): Promise<{ readonly sources: readonly SourceWithRows[]; readonly hasValues: boolean }> {
    const hasValues = may(ctx, MANAGE_AGREEMENTS);
    const installed = await this.#look(ctx, 'sharing.rows-looked-at', { hasValues });
    const sources = await Promise.all(installed.map((one) => this.#rowsOf(ctx, one, hasValues)));
    return { sources: sources.filter((one) => one !== undefined), hasValues };
  }

  async #rowsOf(ctx: RequestContext, { title, source }: Installed, hasValues: boolean): Promise<SourceWithRows | undefined> {
    const asked = source.preview?.(ctx, ROWS);
    if (!asked) return undefined;
    const previews = (await unlessUnavailable(asked))?.map(({ name, attributes, rows }): ShownPreview => {
      const definitions = this.#definitions(ctx, attributes);
      return { name, columns: definitions.map((one) => one.title), rows: shownRows(definitions, rows, hasValues) };
    });
    return { title, ...(previews && { previews }) };
  }

  /** Who may look, and that somebody did: before anything is read. */
  async #look(ctx: RequestContext, action: string, detail: Readonly<Record<string, boolean>> = {}): Promise<readonly Installed[]> {
    demand(ctx, READ_AGREEMENTS);
    const ids = providerIdsOf(ctx, EVIDENCE_SOURCE);
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action, subject: { type: 'sharing.source', id: ids.join(' ') || 'none' }, detail })));
    return providersOf(ctx, EVIDENCE_SOURCE).map((source, at) => ({ id: ids[at] ?? source.id, title: providerTitleOf(ctx, ids[at] ?? source.id), source }));
  }

  async #reportsOf(ctx: RequestContext, source: EvidenceSource): Promise<readonly QualityReport[] | undefined> {
    const asked = source.report?.(ctx);
    return asked && unlessUnavailable(asked);
  }

  #shown(ctx: RequestContext, { attributes, ...report }: QualityReport): ShownReport {
    return { ...report, items: this.#definitions(ctx, Object.keys(attributes) as AttributeId[]).flatMap(({ id, title }) => { const found = attributes[id]; return found ? [{ title, ...found }] : []; }) };
  }

  #definitions(ctx: RequestContext, ids: readonly AttributeId[]): readonly AttributeDefinition[] { return this.node.options(ctx).vocabulary.attributes.filter(({ id }) => ids.includes(id)); }
}
