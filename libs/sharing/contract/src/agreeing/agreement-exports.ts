import type { Agreement } from './agreement';
import { agreementName, partiesOf } from './agreement';
import type { Vocabulary } from './vocabulary';

/** The eighteen fields of the register of information sharing agreements under Part 5 of the Digital Economy Act 2017, in its order and by its names. @public */
export const REGISTER_FIELDS = [
  'Name', 'Purpose', 'Benefits', 'Legal power', 'Disclosed information', 'Controllers', 'Controller names', 'Method', 'Processors', 'Processor names', 'Retention', 'Start', 'End', 'Review', 'Contact', 'Areas', 'Area names', 'id',
] as const;
/** @public */
export type RegisterField = (typeof REGISTER_FIELDS)[number];

/** An agreement as the public register has it. Several of one kind are parted by semicolons. @public */
export function registerEntry(agreement: Agreement, { attributes, purposes, bodies }: Vocabulary): Readonly<Record<RegisterField, string>> {
  const parties = partiesOf(agreement);
  const several = (words: readonly string[]): string => words.join('; ');
  const purpose = purposes.find(({ id }) => id === agreement.purpose);
  return {
    Name: agreement.name.en,
    Purpose: purpose ? `To ${purpose.to.en}` : agreement.purpose,
    Benefits: agreement.benefit.en,
    'Legal power': [agreement.power.ref, agreement.power.note].filter(Boolean).join(': '),
    'Disclosed information': several(agreement.attributes.map((id) => attributes.find((one) => one.id === id)?.title.en ?? id)),
    Controllers: several(parties),
    'Controller names': several(parties.map((id) => bodies[id]?.en ?? id)),
    Method: `Asked for one person at a time, by ${several(agreement.channels.map(({ network, device }) => `${device === 'server' ? 'a server' : `a ${device} device`} over ${network === 'internet' ? 'the internet' : network}`))}; decided, signed and logged on both sides`,
    Processors: several(agreement.processors.map(({ id }) => id)),
    'Processor names': several(agreement.processors.map(({ name }) => name)),
    Retention: agreement.retention, Start: agreement.from, End: agreement.until, Review: agreement.review,
    Contact: several(parties.flatMap((id) => agreement.contacts[id] ?? [])),
    Areas: several(agreement.areas.map(({ code }) => code)),
    'Area names': several(agreement.areas.map(({ name }) => name)),
    id: agreementName(agreement),
  };
}
