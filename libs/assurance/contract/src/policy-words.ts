import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { ASSURANCE_LEVELS, documentReader, type AssuranceLevel, type Malformed } from '@guildhall/sharing-contract';
import type { AssurancePolicy } from './policy';
import { NCSC_CLOUD_PRINCIPLES } from './principles';

const ALL = Array.from({ length: 14 }, (_one, index) => String(index + 1));
/** So long ago at most, where nothing is said: a yearly assessment may be a month late. */
const WITHIN = 'P400D';
const LEVELS: Readonly<Record<AssuranceLevel, string>> = { self: 'itself', peer: 'peer', 'third-party': 'third party', accredited: 'accredited' };
const UNITS: Readonly<Record<string, string>> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' };
const HOW = 'hosting: third party for principles 1, 2, 9, 10 within 400 days; modules: kit passed and one peer’s review, except @guildhall/*; otherwise: refuse';

/**
 * A council's policy from the words in which it decided on it: lines, or parts with semicolons between. What is not said is not demanded; without `otherwise`, what lacks something is not run.
 * @public
 * @example policyIn('hosting: third party for principles 1, 2, 9, 10\nmodules: kit passed and one peer’s review')
 */
export function policyIn(words: string): Outcome<AssurancePolicy, Refusal<'malformed'>> {
  const policy: { hosting?: AssurancePolicy['hosting']; modules?: AssurancePolicy['modules']; whenMissing?: AssurancePolicy['whenMissing'] } = {};
  for (const line of words.split(/[;\n]/).map((one) => one.trim()).filter(Boolean)) {
    const [, name = '', said = ''] = /^(hosting|modules|otherwise)\s*:\s*(.*)$/i.exec(line) ?? [];
    const fault = (why: string): Outcome<AssurancePolicy, Refusal<'malformed'>> => refused('malformed', `“${line}” is no part of a policy: ${why} Write it like this: ${HOW}`);
    const key = name.toLowerCase();
    if (key === '') return fault('it begins with neither hosting, modules nor otherwise.');
    if ((key === 'otherwise' ? policy.whenMissing : policy[key as 'hosting' | 'modules']) !== undefined) return fault('it is said twice.');
    if (key === 'hosting') {
      const hosting = hostingIn(said);
      if (typeof hosting === 'string') return fault(hosting);
      policy.hosting = hosting;
    } else if (key === 'modules') {
      const modules = modulesIn(said);
      if (typeof modules === 'string') return fault(modules);
      policy.modules = modules;
    } else if (said === 'refuse' || said === 'warn') policy.whenMissing = said;
    else return fault('otherwise is refuse or warn.');
  }
  return done({ ...policy, whenMissing: policy.whenMissing ?? 'refuse' });
}

function hostingIn(said: string): NonNullable<AssurancePolicy['hosting']> | string {
  const [, by = '', which = '', count, unit = 'D', standard] = /^(.+?) for (all principles|principles? [\d, and]+?)(?: within (\d{1,4}) (day|week|month|year)s?)?(?: of ([a-z0-9-]+))?$/i.exec(said) ?? [];
  const level = levelNamed(by);
  if (!level) return `who must have looked is one of ${Object.values(LEVELS).join(', ')}, and of which principles.`;
  const principles = which.toLowerCase() === 'all principles' ? ALL : [...new Set(which.match(/\d+/g) ?? [])];
  const unknown = standard === undefined ? principles.filter((one) => !ALL.includes(one)) : [];
  if (principles.length === 0 || unknown.length) return unknown.length ? `there is no principle ${unknown.join(', ')}.` : 'it names no principle.';
  return { by: level, principles, within: count === undefined ? WITHIN : `P${Number(count)}${unit.charAt(0).toUpperCase()}`, ...(standard !== undefined && { standard }) };
}

function modulesIn(said: string): NonNullable<AssurancePolicy['modules']> | string {
  const [demands = '', except] = said.split(/,?\s+except\s+/i);
  let modules: NonNullable<AssurancePolicy['modules']> = {};
  for (const part of demands.split(/\s+and\s+|\s*,\s*/i)) {
    const by = /^one (.+?)(?:['’]s)? review$/i.exec(part)?.[1];
    const level = by === undefined ? undefined : levelNamed(by.replace(/ assessor$/i, ''));
    if (/^(present )?kit passed$/i.test(part)) modules = { ...modules, kit: /^present/i.test(part) ? 'present' : 'passed' };
    else if (level) modules = { ...modules, reviewedBy: level };
    else return `“${part}” is neither “kit passed”, “present kit passed” nor “one ${LEVELS.peer}’s review”.`;
  }
  return except === undefined ? modules : { ...modules, except: except.split(/\s*,\s*|\s+and\s+/i).filter(Boolean) };
}

function levelNamed(words: string): AssuranceLevel | undefined { return ASSURANCE_LEVELS.find((level) => LEVELS[level] === words.toLowerCase().trim() || level === words.toLowerCase()); }

/** The same policy in words, a line for each part: {@link policyIn} reads them again. @public */
export function policyWords({ hosting, modules, whenMissing }: AssurancePolicy): string {
  const lines: string[] = [];
  if (hosting) {
    const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(hosting.within) ?? [];
    const which = hosting.principles.join() === ALL.join() ? 'all principles' : `principles ${hosting.principles.join(', ')}`;
    lines.push(`hosting: ${LEVELS[hosting.by]} for ${which} within ${count} ${UNITS[unit]}${hosting.standard !== undefined && hosting.standard !== NCSC_CLOUD_PRINCIPLES ? ` of ${hosting.standard}` : ''}`);
  }
  if (modules) {
    const demands = [...(modules.kit ? [modules.kit === 'present' ? 'present kit passed' : 'kit passed'] : []), ...(modules.reviewedBy ? [`one ${LEVELS[modules.reviewedBy]}${modules.reviewedBy === 'accredited' ? ' assessor' : ''}’s review`] : [])];
    if (demands.length) lines.push(`modules: ${demands.join(' and ')}${modules.except?.length ? `, except ${modules.except.join(', ')}` : ''}`);
  }
  return [...lines, `otherwise: ${whenMissing}`].join('\n');
}

const levels = { enum: ASSURANCE_LEVELS } as const;
/** As somebody writes it: how long ago may be left out. */
type Written = Omit<AssurancePolicy, 'hosting'> & { readonly hosting?: Omit<NonNullable<AssurancePolicy['hosting']>, 'within'> & { readonly within?: string } };
const readObject = documentReader<Written>({
  type: 'object', required: ['whenMissing'], additionalProperties: false,
  properties: {
    hosting: { type: 'object', required: ['by', 'principles'], additionalProperties: false, properties: { by: levels, principles: { type: 'array', minItems: 1, items: { type: 'string' } }, within: { type: 'string', pattern: '^P[1-9]\\d{0,3}[DWMY]$' }, standard: { type: 'string' } } },
    modules: { type: 'object', additionalProperties: false, properties: { kit: { enum: ['passed', 'present'] }, reviewedBy: levels, except: { type: 'array', items: { type: 'string' } } } },
    whenMissing: { enum: ['refuse', 'warn'] },
  },
}, 'a policy');
/** A policy as it stands in a file or a configuration: in words, or as {@link AssurancePolicy}, where `within` may be left out as in words. @public */
export function readPolicy(document: unknown): Outcome<AssurancePolicy, Malformed | Refusal<'malformed'>> {
  if (typeof document === 'string') return policyIn(document);
  const read = readObject(document);
  if (!read.ok) return read;
  const { hosting, ...rest } = read.value;
  return done({ ...rest, ...(hosting && { hosting: { ...hosting, within: hosting.within ?? WITHIN } }) });
}
