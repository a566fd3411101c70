import type { PersonalData, PersonalRecord } from '@guildhall/information-rights-contract';
import type { Language, PersonId, RequestContext, Text } from '@guildhall/kernel-contract';

/** Whose copy it is, by which reference, in which language. @beta */
export interface CopyOf { readonly reference: string; readonly personId: string; readonly language: Language }
/** A record in a copy; without its content where an officer has left it out because it is about somebody else. @beta */
export interface CopiedRecord extends PersonalRecord { readonly isLeftOut: boolean }
/** What is written into a copy, piece by piece. @beta */
export type CopyPiece = { readonly kind: 'section'; readonly source: Pick<PersonalData, 'id' | 'title'> } | { readonly kind: 'record'; readonly record: CopiedRecord } | { readonly kind: 'end-of-section' };
/** What a copy says before and between the records. @beta */
export interface CopyWords {
  readonly language: Language;
  readonly title: string;
  readonly council: string;
  readonly made: string;
  readonly paragraphs: readonly string[];
  readonly nothing: string;
  readonly from: string;
  readonly since: (at: Date) => string;
  readonly keptBecause: (because: string, until: string | undefined) => string;
  readonly erasable: string;
  readonly leftOut: string;
  readonly yes: string;
  readonly no: string;
}

/** A fact's value as it is read. */
export function valueInWords(value: string | Text | number | boolean | Date, words: CopyWords, instant: (at: Date) => string): string {
  if (value instanceof Date) return instant(value);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'object' ? value[words.language] : String(value);
}

/** Everything that a copy has, in its order. @beta */
export async function* piecesOf(ctx: RequestContext, { personId }: Pick<CopyOf, 'personId'>, sources: readonly PersonalData[], seen: (source: PersonalData, record: PersonalRecord) => boolean): AsyncGenerator<CopyPiece> {
  for (const source of sources) {
    yield { kind: 'section', source };
    for await (const record of source.read(ctx, personId as PersonId)) yield { kind: 'record', record: { ...record, isLeftOut: seen(source, record) } };
    yield { kind: 'end-of-section' };
  }
}
