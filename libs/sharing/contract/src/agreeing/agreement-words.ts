import type { Text } from '@guildhall/kernel-contract';
import type { Agreement, ChoiceMode, LawfulBasis, SpecialCondition } from './agreement';

type Words<Key extends string> = Readonly<Record<Key, Text>>;

/** What an officer calls each lawful basis, within a sentence. */
export const BASIS_WORDS: Words<LawfulBasis> = {
  consent: { en: 'consent', cy: 'cydsyniad' }, contract: { en: 'a contract', cy: 'contract' }, 'legal-obligation': { en: 'a legal obligation', cy: 'rhwymedigaeth gyfreithiol' }, 'vital-interests': { en: 'vital interests', cy: 'buddiannau hanfodol' },
  'public-task': { en: 'a public task', cy: 'tasg gyhoeddus' }, 'recognised-legitimate-interest': { en: 'a recognised legitimate interest', cy: 'buddiant dilys cydnabyddedig' }, 'legitimate-interests': { en: 'legitimate interests', cy: 'buddiannau dilys' },
};

/** The same of each condition for special-category data. */
export const CONDITION_WORDS: Words<SpecialCondition> = {
  'explicit-consent': { en: 'explicit consent', cy: 'cydsyniad penodol' }, 'employment-and-social-protection': { en: 'employment and social protection', cy: 'cyflogaeth ac amddiffyniad cymdeithasol' }, 'vital-interests': { en: 'vital interests', cy: 'buddiannau hanfodol' },
  'not-for-profit': { en: 'not-for-profit bodies', cy: 'cyrff nid-er-elw' }, 'made-public': { en: 'made public by the person', cy: 'wedi’i wneud yn gyhoeddus gan yr unigolyn' }, 'legal-claims': { en: 'legal claims', cy: 'hawliadau cyfreithiol' },
  'substantial-public-interest': { en: 'substantial public interest', cy: 'budd cyhoeddus sylweddol' }, 'health-or-social-care': { en: 'health or social care', cy: 'iechyd neu ofal cymdeithasol' }, 'public-health': { en: 'public health', cy: 'iechyd y cyhoedd' },
  'archiving-and-research': { en: 'archiving, research and statistics', cy: 'archifo, ymchwil ac ystadegau' },
};

/** What residents decide. */
export const MODE_WORDS: Words<ChoiceMode> = {
  'opt-in': { en: 'nothing is shared until somebody says yes', cy: 'ni rennir dim nes i rywun ddweud ie' }, 'opt-out': { en: 'it is shared until somebody says no', cy: 'fe’i rhennir nes i rywun ddweud na' }, none: { en: 'there is no choice', cy: 'nid oes dewis' },
};

/** What becomes of what was told, when somebody says no. */
export const WITHDRAWAL_WORDS: Words<Agreement['choice']['onWithdrawal']> = {
  'stop-using': { en: 'what was told is not used again', cy: 'ni ddefnyddir eto yr hyn a ddywedwyd' }, 'keep-what-was-decided': { en: 'what was decided with it stands', cy: 'saif yr hyn a benderfynwyd ag ef' }, delete: { en: 'what was told is deleted', cy: 'dilëir yr hyn a ddywedwyd' },
};

const [ENGLISH, WELSH] = (['en-GB', 'cy'] as const).map((language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })) as [Intl.DateTimeFormat, Intl.DateTimeFormat];

/** A day: `1 April 2026`, `1 Ebrill 2026`. What is no day stays as it is. */
export function dayInWords(date: string): Text {
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? { en: date, cy: date } : { en: ENGLISH.format(at), cy: WELSH.format(at) };
}
