import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { makeReference } from '@guildhall/cases-contract';
import { CopyAsJson, CopyAsPdf, piecesOf, sourcesOf, type CopyWords } from '@guildhall/information-rights/copies';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, PageRenderer, audit, secretOf } from '@guildhall/kernel';
import { CLOCK, IDS, InvalidInput, demand, isUuid, type Clock, type Ids, type Language, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { formatDate, formatDateTime } from '@guildhall/ui';
import { Inject, Injectable } from '@nestjs/common';

const MOST_CHARACTERS = 200;
/** So often is looked for what is still to be erased. */
const MOST_ROUNDS = 5;
export const FORMATS = ['json', 'pdf'] as const;
export type CopyFormat = (typeof FORMATS)[number];

type RecordInList = Pick<PersonalRecord, 'id' | 'title' | 'onErasure'>;
/** What is kept of somebody: by its kind, with what becomes of each thing when they ask for erasure. */
export interface KeptOfSomebody { readonly title: Text; readonly records: readonly RecordInList[] }
/** What became of an erasure. */
export interface ErasedOfSomebody { readonly reference: string; readonly erased: number; readonly kept: readonly RecordInList[] }

/** One request, on record. */
interface Begun { readonly ctx: RequestContext; readonly localId: PersonId; readonly reference: string; readonly sources: readonly PersonalData[] }

/**
 * The rights of somebody whom this node knows by their id in a register: a copy of all that is kept for sharing, and its erasure. Nobody has an account here: they ask the body, and an officer does it.
 * Each act is on record under a keyed hash of the id: whoever has the id finds it, and nobody reads it there.
 */
@Injectable()
export class PeopleOfRegister {
  constructor(private readonly db: Database, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** @throws InvalidInput when it cannot be an id; NotAllowed */
  async show(ctx: RequestContext, id: string): Promise<readonly KeptOfSomebody[]> {
    const begun = await this.#begin(ctx, id, 'looked-at');
    const kept: KeptOfSomebody[] = [];
    for (const source of begun.sources) kept.push({ title: source.title, records: await recordsOf(source, begun) });
    return kept;
  }

  /** A copy, record by record: never all of it in memory. @throws InvalidInput when it cannot be an id; NotAllowed */
  async copy(ctx: RequestContext, id: string, { format, language }: { readonly format: CopyFormat; readonly language: Language }): Promise<{ readonly reference: string; readonly bytes: Readable }> {
    const begun = await this.#begin(ctx, id, 'copied', { format });
    return { reference: begun.reference, bytes: format === 'json' ? Readable.from(this.#asJson(begun, language), { objectMode: false }) : this.#asPdf(begun, language) };
  }

  /**
   * Erases all that may be. What came last in a copy goes first: the key by which marks in the log are theirs goes last. Again it erases what has come since.
   * @throws InvalidInput when it cannot be an id; NotAllowed
   */
  async erase(ctx: RequestContext, id: string): Promise<ErasedOfSomebody> {
    const begun = await this.#begin(ctx, id, 'erasure-begun');
    // The registers decide on their own, and one that does not answer stops nothing.
    const sources = begun.sources.filter((one) => one.id !== 'sharing.registers').toReversed();
    const gone = new Set<string>();
    let kept = new Map<string, RecordInList>();
    // What came in meanwhile goes, too, and what is there after all is said to be kept: it is over when there was nothing more to erase.
    for (let [round, isOver] = [1, false]; !isOver; round++) {
      kept = new Map();
      isOver = true;
      for (const source of sources) {
        for (const record of (await recordsOf(source, begun)).toReversed()) {
          const name = `${source.id} ${record.id}`;
          if (round > MOST_ROUNDS || record.onErasure.does !== 'erase' || !(await source.erase(begun.ctx, begun.localId, record.id))) { kept.set(name, record); continue; }
          gone.add(name);
          isOver = false;
        }
      }
    }
    const erased = [...gone].filter((name) => !kept.has(name)).length;
    await this.#onRecord(ctx, begun, 'erased', { erased, kept: kept.size });
    return { reference: begun.reference, erased, kept: [...kept.values()].toReversed() };
  }

  async #begin(ctx: RequestContext, id: string, action: string, detail: object = {}): Promise<Begun> {
    demand(ctx, MANAGE_AGREEMENTS);
    const localId = id.trim() as PersonId;
    if (localId === '' || localId.length > MOST_CHARACTERS) throw new InvalidInput(`An id in a register is a text of up to ${MOST_CHARACTERS} characters.`);
    const reference = makeReference(this.ids, ctx.council.referencePrefix);
    await this.#onRecord(ctx, { localId, reference }, action, detail);
    // No role has these: what they let is done here alone, each time on record.
    const actor = Object.freeze({ kind: 'system' as const, job: 'node-people', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) });
    // What else keeps something of people keeps it of officers and accounts: never of a register's rows, whose ids it could not even read.
    return { ctx: Object.freeze({ ...ctx, actor }), localId, reference, sources: sourcesOf(ctx).filter((source) => source.id.startsWith('sharing.')) };
  }

  async #onRecord(ctx: RequestContext, { localId, reference }: Pick<Begun, 'localId' | 'reference'>, action: string, detail: object): Promise<void> {
    const hash = createHmac('sha256', secretOf(ctx, 'node-people.audit')).update(localId).digest('base64url');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: `node-people.${action}`, subject: { type: 'node-people.person', id: hash }, personId: isUuid(localId) ? localId : undefined, detail: { reference, ...detail } })));
  }

  async *#asJson({ ctx, localId: personId, reference, sources }: Begun, language: Language): AsyncGenerator<string> {
    const copy = new CopyAsJson({ reference, personId, language }, ctx.council.name[language], this.clock.now());
    yield copy.begin();
    for await (const piece of piecesOf(ctx, { personId }, sources, () => false)) yield copy.add(piece);
    yield copy.end();
  }

  #asPdf({ ctx, localId: personId, reference, sources }: Begun, language: Language): Readable {
    const copy = new CopyAsPdf(this.#words(ctx, reference, language));
    const bytes = copy.document as unknown as Readable;
    const write = async (): Promise<void> => {
      copy.begin();
      for await (const piece of piecesOf(ctx, { personId }, sources, () => false)) copy.add(piece);
      copy.end();
    };
    write().catch((error: Error) => bytes.destroy(error));
    return bytes;
  }

  #words(ctx: RequestContext, reference: string, language: Language): CopyWords {
    const t = (key: string, values?: Record<string, string>): string => this.renderer.messages.t({ ...ctx, language }, `node-people.copy.${key}`, values);
    return {
      language, title: t('title'), council: ctx.council.name[language], made: t('made', { reference, made: formatDateTime(language, this.clock.now(), 'sentence') }),
      paragraphs: [t('what'), t('rights'), t('complain', { telephone: ctx.council.contact.telephone, email: ctx.council.contact.email })], nothing: t('nothing'), from: t('from'), since: (at) => t('since', { date: formatDate(language, at, 'sentence') }),
      keptBecause: (because, until) => (until ? t('kept-until', { because, until }) : t('kept', { because })), erasable: t('erasable'), leftOut: t('nothing'), yes: t('yes'), no: t('no'),
    };
  }
}

async function recordsOf(source: PersonalData, { ctx, localId }: Begun): Promise<readonly RecordInList[]> {
  const records: RecordInList[] = [];
  for await (const { id, title, onErasure } of source.read(ctx, localId)) records.push({ id, title, onErasure });
  return records;
}
