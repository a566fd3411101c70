import type { Language, Text } from '@guildhall/kernel-contract';
import { canonicalize } from '../canonical-json';
import type { Agreement } from './agreement';
import { BASIS_WORDS, CONDITION_WORDS, MODE_WORDS, WITHDRAWAL_WORDS, dayInWords } from './agreement-words';
import { periodInWords } from './periods';
import type { Vocabulary } from './vocabulary';

/** One thing that differs between two versions of an agreement, for an officer. @public */
export interface Difference { readonly field: string; readonly text: Text }

/**
 * What differs between two agreements, or two versions of one, field by field: of lists what came and what went.
 * @public
 * @param vocabulary the names of items, purposes and bodies; without it they stand as their ids
 */
export function diffAgreements(before: Agreement, after: Agreement, vocabulary?: Vocabulary): readonly Difference[] {
  return differences(before, after, '', vocabulary);
}

function differences(before: unknown, after: unknown, field: string, vocabulary?: Vocabulary): readonly Difference[] {
  if (canonicalize(before) === canonicalize(after)) return [];
  const name = nameOf(field, vocabulary);
  const because = (en: string, cy: string): Difference => ({ field, text: { en: `${name.en}: ${en}.`, cy: `${name.cy}: ${cy}.` } });
  if (Array.isArray(before) && Array.isArray(after)) {
    const has = (list: readonly unknown[], one: unknown): boolean => list.some((other) => canonicalize(other) === canonicalize(one));
    const said = (one: unknown): Text => inWords(field, one, vocabulary);
    const gone = before.filter((one) => !has(after, one)).map(said).map(({ en, cy }) => because(`${en} is no longer there`, `nid yw ${cy} yno bellach`));
    const come = after.filter((one) => !has(before, one)).map(said).map(({ en, cy }) => because(`${en} is new`, `mae ${cy} yn newydd`));
    return gone.length + come.length > 0 ? [...gone, ...come] : [because('in another order', 'mewn trefn arall')];
  }
  if (isRecord(before) && isRecord(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => differences(before[key] ?? null, after[key] ?? null, field ? `${field}.${key}` : key, vocabulary));
  const [was, is] = [inWords(field, before, vocabulary), inWords(field, after, vocabulary)];
  return [because(`before, ${was.en}; now, ${is.en}`, `o’r blaen, ${was.cy}; nawr, ${is.cy}`)];
}

/** What a value of a field is called. */
function inWords(field: string, value: unknown, vocabulary?: Vocabulary): Text {
  if (value === null) return { en: 'nothing', cy: 'dim' };
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([key, part]) => inWords(`${field}.${key}`, part, vocabulary));
    const joined = (language: Language): string => parts.map((part) => part[language].replace(/^“(.*)”$/s, '$1')).join(', ');
    return { en: joined('en'), cy: joined('cy') };
  }
  if (Array.isArray(value)) return inWords(field, { ...value }, vocabulary);
  if (typeof value !== 'string') return { en: canonicalize(value), cy: canonicalize(value) };
  const known: Readonly<Record<string, Readonly<Record<string, Text>>>> = { lawfulBasis: BASIS_WORDS, 'special.condition': CONDITION_WORDS, 'choice.mode': MODE_WORDS, 'choice.onWithdrawal': WITHDRAWAL_WORDS };
  return known[field]?.[value] ?? dated(field, value) ?? named(field, value, vocabulary) ?? { en: `“${value}”`, cy: `“${value}”` };
}

function dated(field: string, value: string): Text | undefined {
  if (['from', 'until', 'review', 'dpia.date'].includes(field)) return dayInWords(value);
  return field === 'retention' || field.endsWith('.within') ? periodInWords(value) : undefined;
}

function named(field: string, id: string, vocabulary?: Vocabulary): Text | undefined {
  switch (field) {
    case 'attributes': return vocabulary?.attributes.find((one) => one.id === id)?.title;
    case 'purpose': return vocabulary?.purposes.find((one) => one.id === id)?.to;
    case 'holders': case 'receivers': return vocabulary?.bodies[id];
    default: return undefined;
  }
}

/** What an officer calls a field: the longest name that fits it, and the language of what has two. */
function nameOf(field: string, vocabulary?: Vocabulary): Text {
  const [, root = field, language] = /^(.*)\.(en|cy)$/.exec(field) ?? [];
  const [, body] = /^contacts\.(.+)$/.exec(root) ?? [];
  const { en, cy } = FIELD_WORDS[body === undefined ? root : 'contacts'] ?? { en: root, cy: root };
  const of = body === undefined ? undefined : (vocabulary?.bodies[body] ?? { en: body, cy: body });
  if (of) return { en: `${en} (${of.en})`, cy: `${cy} (${of.cy})` };
  return language === undefined ? { en, cy } : { en: `${en} (${language === 'en' ? 'English' : 'Welsh'})`, cy: `${cy} (${language === 'en' ? 'Saesneg' : 'Cymraeg'})` };
}

const FIELD_WORDS: Readonly<Record<string, Text>> = {
  id: { en: 'Id', cy: 'Dynodwr' }, version: { en: 'Version', cy: 'Fersiwn' }, name: { en: 'Name', cy: 'Enw' }, from: { en: 'First day', cy: 'Diwrnod cyntaf' }, until: { en: 'Last day', cy: 'Diwrnod olaf' }, review: { en: 'Review by', cy: 'Adolygu erbyn' },
  holders: { en: 'Who tells', cy: 'Pwy sy’n dweud' }, receivers: { en: 'Who may ask', cy: 'Pwy gaiff ofyn' }, purpose: { en: 'What for', cy: 'Er mwyn' }, benefit: { en: 'What residents gain', cy: 'Yr hyn mae trigolion yn ei ennill' }, lawfulBasis: { en: 'Lawful basis', cy: 'Sail gyfreithlon' },
  'power.ref': { en: 'Legal power', cy: 'Pŵer cyfreithiol' }, 'power.note': { en: 'Note on the legal power', cy: 'Nodyn ar y pŵer cyfreithiol' }, special: { en: 'Condition for special-category data', cy: 'Amod ar gyfer data categori arbennig' },
  'special.condition': { en: 'Condition for special-category data', cy: 'Amod ar gyfer data categori arbennig' }, 'special.ref': { en: 'Law or policy of that condition', cy: 'Cyfraith neu bolisi’r amod hwnnw' }, attributes: { en: 'What is shared', cy: 'Yr hyn a rennir' },
  'choice.mode': { en: 'What residents decide', cy: 'Yr hyn mae trigolion yn ei benderfynu' }, 'choice.withoutIt': { en: 'What they can do instead', cy: 'Yr hyn y gallant ei wneud yn lle hynny' }, 'choice.onWithdrawal': { en: 'When somebody says no', cy: 'Pan fydd rhywun yn dweud na' },
  'choice.keptBecause': { en: 'Why there is no choice', cy: 'Pam nad oes dewis' }, 'choice.freshForSeconds': { en: 'Seconds for which a choice may be relied on', cy: 'Eiliadau y gellir dibynnu ar ddewis' }, retention: { en: 'What is told is kept for', cy: 'Cedwir yr hyn a ddywedir am' },
  dpia: { en: 'Data protection impact assessment', cy: 'Asesiad effaith diogelu data' }, 'dpia.ref': { en: 'Data protection impact assessment', cy: 'Asesiad effaith diogelu data' }, 'dpia.date': { en: 'Day of the assessment', cy: 'Dyddiad yr asesiad' },
  children: { en: 'Why data on children are needed', cy: 'Pam mae angen data ar blant' }, automatedDecision: { en: 'Decisions by machine alone', cy: 'Penderfyniadau gan beiriant yn unig' }, channels: { en: 'Asked by', cy: 'Gofynnir drwy' }, assurance: { en: 'What must have been found of the systems', cy: 'Yr hyn y mae’n rhaid ei ganfod am y systemau' },
  guidelines: { en: 'Guidelines it was held against', cy: 'Canllawiau y’i cymharwyd â nhw' }, processors: { en: 'Processors', cy: 'Proseswyr' }, areas: { en: 'Where', cy: 'Ble' }, contacts: { en: 'Whom to ask', cy: 'Pwy i’w holi' }, sentence: { en: 'What residents are told', cy: 'Yr hyn a ddywedir wrth drigolion' },
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
