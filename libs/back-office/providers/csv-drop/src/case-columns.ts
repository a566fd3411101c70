import type { HandedCase } from '@guildhall/back-office-contract';

/** Columns of the file of cases, in their order, and what stands in them. A column is only ever added at the end. */
const COLUMNS: readonly (readonly [name: string, valueOf: (handed: HandedCase) => string | number | undefined])[] = [
  ['case_id', ({ caseId }) => caseId], ['reference', ({ reference }) => reference], ['case_type', ({ caseType }) => caseType], ['title', ({ typeTitle }) => typeTitle], ['summary', ({ summary }) => summary],
  ['opened_at', ({ openedAt }) => openedAt.toISOString()], ['language', ({ language }) => language], ['answers', ({ answers }) => answers.map(({ question, answer }) => `${question}: ${answer}`).join('\n')],
  ['latitude', ({ place }) => place?.point?.latitude], ['longitude', ({ place }) => place?.point?.longitude], ['uprn', ({ place }) => place?.uprn], ['address', ({ place }) => place?.lines?.join(', ')], ['postcode', ({ place }) => place?.postcode],
  ['near', ({ place }) => place?.near], ['note', ({ place }) => place?.note], ['name', ({ contact }) => contact?.name], ['email', ({ contact }) => contact?.email], ['phone', ({ contact }) => contact?.phone],
  ['photos', (handed) => photoNamesOf(handed).join(';')],
];

/** The names of a case's photos as files beside the file of cases: `RB-7K3F-92QD-1.jpg`. */
export function photoNamesOf({ reference, photos = [] }: HandedCase): readonly string[] {
  return photos.map(({ contentType }, index) => `${reference.replace(/[^A-Za-z0-9-]/g, '_')}-${index + 1}.${contentType === 'image/jpeg' ? 'jpg' : contentType.replace(/^.*\//, '').replace(/[^a-z0-9]/g, '')}`);
}

export const CASE_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** A case as the cells of a row. Numbers are ours, and may begin with a minus. */
export function cellsOf(handed: HandedCase): readonly string[] {
  return COLUMNS.map(([, valueOf]) => {
    const value = valueOf(handed);
    return typeof value === 'number' ? String(value) : asWords(value ?? '');
  });
}

/** Words that a spreadsheet would take for a formula are marked as text (OWASP, "CSV Injection"); what no file can carry is left out. */
export function asWords(words: string): string {
  const plain = words.replace(/\r\n?/g, '\n').replace(/(?!\n|\t)\p{Cc}/gu, '');
  return /^\s*[=+\-@＝＋－＠\t]/u.test(plain) ? `'${plain}` : plain;
}
