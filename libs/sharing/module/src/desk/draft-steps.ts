import { NCSC_CLOUD_PRINCIPLES, NCSC_PRINCIPLES } from '@guildhall/assurance-contract';
import type { FormBody } from '@guildhall/kernel';
import { ASSURANCE_LEVELS, CHOICE_MODES, DEVICES, LAWFUL_BASES, NETWORKS, ON_WITHDRAWAL, SPECIAL_CONDITIONS, partiesOf, type Vocabulary } from '@guildhall/sharing-contract';
import type { Step } from './agreement-in-words';
import type { Drafted } from './drafts';
import type { FormReader } from './form-reader';

/** The pages of the form, in this order. */
export const STEPS: readonly Step[] = ['parties', 'purpose', 'items', 'choice', 'term', 'safeguards', 'contacts'];
export const DIRECTIONS = ['they-tell', 'we-tell'] as const;
export const CHANNELS = NETWORKS.flatMap((network) => DEVICES.map((device) => `${network} ${device}`));
export const UNITS = ['D', 'W', 'M', 'Y'] as const;
export const PRINCIPLE_IDS: readonly string[] = Object.keys(NCSC_PRINCIPLES);

/** What a page of the form has to know: this body, the words, and which other bodies there are. */
export interface Drafting { readonly own: string; readonly vocabulary: Vocabulary; readonly others: readonly string[] }

/** Only a file can bring more than two: such an agreement keeps its parties. */
export function hasMoreThanTwo({ holders = [], receivers = [] }: Drafted): boolean { return partiesOf({ holders, receivers }).length > 2; }

/** The first page that has not been answered; none when all are. */
export function firstUnanswered(document: Drafted): Step | undefined {
  const { holders, receivers, purpose, benefit, lawfulBasis, power, attributes, special, children, automatedDecision, choice, from, until, review, retention, dpia, channels, assurance, contacts } = document;
  // A model, or a file, may answer some of a page.
  const answered: Readonly<Record<Step, readonly unknown[]>> = {
    parties: [holders, receivers], purpose: [purpose, benefit, lawfulBasis, power], items: [attributes, special, children, automatedDecision], choice: [choice?.mode, choice?.withoutIt, choice?.onWithdrawal, choice?.keptBecause], term: [from, until, review, retention],
    safeguards: [dpia, channels, assurance], contacts: [contacts],
  };
  return STEPS.find((step) => answered[step].includes(undefined));
}

/** What a page of the form says of the agreement. What is wrong is with the reader. */
export function readStep(step: Step, form: FormReader, before: Drafted, { own, vocabulary, others }: Drafting): Drafted {
  switch (step) {
    case 'parties': {
      const name = form.both('name');
      if (hasMoreThanTwo(before)) return { name };
      const other = form.oneOf('other', others);
      const direction = form.oneOf('direction', DIRECTIONS);
      return { name, holders: [direction === 'they-tell' ? other : own], receivers: [direction === 'they-tell' ? own : other] };
    }
    case 'purpose': {
      const note = form.optional('powerNote');
      return { purpose: form.oneOf('purpose', vocabulary.purposes.map(({ id }) => id)), benefit: form.both('benefit'), lawfulBasis: form.oneOf('lawfulBasis', LAWFUL_BASES), power: { ref: form.text('powerRef'), ...(note && { note }) } };
    }
    case 'items': {
      const condition = form.oneOf('special', ['none', ...SPECIAL_CONDITIONS]);
      return {
        attributes: form.someOf('attributes', vocabulary.attributes.map(({ id }) => id)), special: condition === 'none' ? null : { condition, ref: form.text('specialRef') },
        children: form.optional('children') || null, automatedDecision: form.optional('automatedDecision') || null,
      };
    }
    case 'choice': {
      const mode = form.oneOf('mode', CHOICE_MODES);
      return { choice: { ...before.choice, mode, withoutIt: form.both('withoutIt'), onWithdrawal: form.oneOf('onWithdrawal', ON_WITHDRAWAL), keptBecause: mode === 'none' ? form.both('keptBecause') : null } };
    }
    case 'term': return { from: form.date('from'), until: form.date('until'), review: form.date('review'), retention: `P${form.count('retention')}${form.oneOf('retentionUnit', UNITS)}` };
    case 'safeguards': {
      const channels = form.someOf('channels', CHANNELS).map((one) => { const [network, device] = one.split(' '); return { network: NETWORKS.find((each) => each === network) ?? 'internet', device: DEVICES.find((each) => each === device) ?? 'server' }; });
      return {
        dpia: { ref: form.text('dpiaRef'), date: form.date('dpiaDate') }, channels,
        assurance: [{ on: 'deployment', standard: NCSC_CLOUD_PRINCIPLES, principles: form.someOf('principles', PRINCIPLE_IDS), by: form.oneOf('assuredBy', ASSURANCE_LEVELS), within: `P${form.count('within')}D` }],
      };
    }
    case 'contacts': return { contacts: contactsIn(form, before), areas: areasIn(form), processors: form.lines('processors').map((name) => ({ id: slugOf(name), name })) };
  }
}

function contactsIn(form: FormReader, { holders = [], receivers = [] }: Drafted): Readonly<Record<string, string>> {
  return Object.fromEntries(partiesOf({ holders, receivers }).map((id) => {
    const address = form.text(`contact-${id}`, 'contact');
    return [id, address === '' || /^[^@\s]+@[^@\s]+$/.test(address) ? address : form.wrong(`contact-${id}`, 'contact-wrong', address)];
  }));
}

function areasIn(form: FormReader): NonNullable<Drafted['areas']> {
  const areas = form.lines('areas').map((line) => /^([EWSNK]\d{8})\s+(.+)$/.exec(line));
  if (areas.length === 0 || areas.includes(null)) return form.wrong('areas', 'areas-missing', []);
  return areas.map((found) => ({ code: found?.[1] ?? '', name: found?.[2] ?? '' }));
}

/** A page of the form as it would have been typed. */
export function typedOf(step: Step, document: Drafted, own: string): FormBody {
  const { name, holders = [], receivers = [], purpose, benefit, lawfulBasis, power, attributes, special, children, automatedDecision, choice, retention, dpia, channels, assurance, contacts, areas, processors } = document;
  const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(retention ?? '') ?? [];
  switch (step) {
    case 'parties': return { nameEn: name?.en ?? '', nameCy: name?.cy ?? '', other: [...holders, ...receivers].find((id) => id !== own) ?? '', direction: holders.length === 0 ? '' : holders.includes(own) ? 'we-tell' : 'they-tell' };
    case 'purpose': return { purpose: purpose ?? '', benefitEn: benefit?.en ?? '', benefitCy: benefit?.cy ?? '', lawfulBasis: lawfulBasis ?? '', powerRef: power?.ref ?? '', powerNote: power?.note ?? '' };
    case 'items': return { attributes: attributes ?? [], special: special?.condition ?? (special === null ? 'none' : ''), specialRef: special?.ref ?? '', children: children ?? '', automatedDecision: automatedDecision ?? '' };
    case 'choice': return { mode: choice?.mode ?? '', withoutItEn: choice?.withoutIt?.en ?? '', withoutItCy: choice?.withoutIt?.cy ?? '', onWithdrawal: choice?.onWithdrawal ?? '', keptBecauseEn: choice?.keptBecause?.en ?? '', keptBecauseCy: choice?.keptBecause?.cy ?? '' };
    case 'term': return { ...typedDate('from', document.from), ...typedDate('until', document.until), ...typedDate('review', document.review), retention: count, retentionUnit: unit || 'M' };
    case 'safeguards': {
      const [asked] = assurance ?? [];
      return { dpiaRef: dpia?.ref ?? '', ...typedDate('dpiaDate', dpia?.date), channels: (channels ?? []).map(({ network, device }) => `${network} ${device}`), principles: asked?.principles ?? [], assuredBy: asked?.by ?? '', within: /^P(\d+)D$/.exec(asked?.within ?? '')?.[1] ?? '' };
    }
    case 'contacts': return { ...Object.fromEntries(Object.entries(contacts ?? {}).map(([id, address]) => [`contact-${id}`, address])), areas: (areas ?? []).map(({ code, name: area }) => `${code} ${area}`).join('\n'), processors: (processors ?? []).map(({ name: processor }) => processor).join('\n') };
  }
}

function typedDate(field: string, date = ''): FormBody {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${field}-day`]: day.replace(/^0/, ''), [`${field}-month`]: month.replace(/^0/, ''), [`${field}-year`]: year };
}

/** A name in the letters of an id: `Council Tax (2027)` is `council-tax-2027`. */
export function slugOf(name: string): string {
  return name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80).replace(/-+$/, '') || 'agreement';
}
