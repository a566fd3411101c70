import type { Text } from '@guildhall/kernel-contract';
import type { Vocabulary } from '@guildhall/sharing-contract';
import type { Drafted } from './drafts';

/** The page of the form that asks for it. */
export type Step = 'parties' | 'purpose' | 'items' | 'choice' | 'term' | 'safeguards' | 'contacts';
/** Some words; in Welsh where it says so, so that a screen reader reads them as Welsh. */
interface Said { readonly said: string; readonly language?: 'cy' }
/** One thing that an agreement says, for whoever reads it: words, or a day. Empty while it is not written. */
export interface InWords { readonly key: string; readonly texts: readonly Said[]; readonly date?: string; readonly step: Step }

/** What an agreement says, field by field, in words. @param say words of the desk by their key below `sharing.desk` */
export function agreementInWords(document: Drafted, { attributes, purposes, bodies }: Vocabulary, say: (key: string, values?: Readonly<Record<string, string | number>>) => string): readonly InWords[] {
  const { name, holders = [], receivers = [], purpose, benefit, lawfulBasis, power, special, choice, retention, dpia, from, until, review, children, automatedDecision, channels = [], assurance = [], processors = [], areas = [], contacts = {} } = document;
  const bodyName = (id: string): string => bodies[id]?.en ?? id;
  const both = (text: Text | null | undefined): readonly Said[] => (text ? [{ said: text.en }, { said: text.cy, language: 'cy' }] : []);
  const words = (key: string, step: Step, texts: readonly (Said | string | undefined)[]): InWords => ({ key, step, texts: texts.flatMap((text) => (text ? [typeof text === 'string' ? { said: text } : text] : [])) });
  const day = (key: string, date: string | undefined): InWords => ({ key, step: 'term', texts: [], ...(date && { date }) });
  const isWritten = (field: keyof Drafted): boolean => document[field] !== undefined;
  return [
    words('name', 'parties', both(name)),
    words('holders', 'parties', holders.map(bodyName)),
    words('receivers', 'parties', receivers.map(bodyName)),
    words('purpose', 'purpose', [purpose && (purposes.find(({ id }) => id === purpose)?.to.en ?? purpose)]),
    words('benefit', 'purpose', both(benefit)),
    words('lawful-basis', 'purpose', [lawfulBasis && say(`lawful-bases.${lawfulBasis}`)]),
    words('power', 'purpose', [power?.ref, power?.note]),
    words('attributes', 'items', (document.attributes ?? []).map((id) => attributes.find((one) => one.id === id)?.title.en ?? id)),
    words('special', 'items', [special ? `${say(`special-conditions.${special.condition}`)}: ${special.ref}` : isWritten('special') ? say('none-needed') : undefined]),
    words('children', 'items', [children ?? (isWritten('children') ? say('none-needed') : undefined)]),
    words('automated-decision', 'items', [automatedDecision ?? (isWritten('automatedDecision') ? say('no-machine') : undefined)]),
    words('choice', 'choice', [choice?.mode && say(`choice-modes.${choice.mode}`), ...both(choice?.keptBecause)]),
    words('without-it', 'choice', both(choice?.withoutIt)),
    words('on-withdrawal', 'choice', [choice?.onWithdrawal && say(`on-withdrawals.${choice.onWithdrawal}`)]),
    day('from', from), day('until', until), day('review', review),
    words('retention', 'term', [retention && periodInWords(retention, say)]),
    words('dpia', 'safeguards', [dpia?.ref]),
    words('channels', 'safeguards', channels.map(({ network, device }) => say('channel', { device: say(`devices.${device}`), network: say(`networks.${network}`) }))),
    words('assurance', 'safeguards', assurance.map(({ principles, by, within }) => say('assured', { by: say(`levels.${by}`), principles: principles.join(', '), within: periodInWords(within, say) }))),
    words('contacts', 'contacts', Object.entries(contacts).map(([id, address]) => `${bodyName(id)}: ${address}`)),
    words('areas', 'contacts', areas.map(({ code, name: area }) => `${area} (${code})`)),
    words('processors', 'contacts', processors.length ? processors.map(({ name: processor }) => processor) : [isWritten('processors') ? say('no-processors') : undefined]),
  ];
}

/** A period of one unit (ISO 8601) in words: a year, 400 days. */
export function periodInWords(period: string, say: (key: string, values: Readonly<Record<string, string | number>>) => string): string {
  const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(period) ?? [];
  return unit ? say(`periods.${unit}`, { count: Number(count) }) : period;
}
