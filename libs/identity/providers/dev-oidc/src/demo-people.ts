import type { Directory, IdentityConfidence, Team } from '@guildhall/identity-contract';
import type { Language, OfficerRole } from '@guildhall/kernel-contract';

/** Somebody who may sign in at the development identity provider. All are invented. */
export interface DemoPerson {
  /** The subject: never reused. */
  readonly subject: string;
  readonly name: string;
  readonly email?: string;
  readonly isEmailVerified: boolean;
  readonly phone?: string;
  readonly language?: Language;
  readonly confidence: IdentityConfidence;
  readonly staff?: { readonly roles: readonly OfficerRole[]; readonly teams: readonly string[] };
}

/** Residents who differ in what a service must cope with: language, certainty, an unproved mailbox, no mailbox at all. */
export const DEMO_RESIDENTS: readonly DemoPerson[] = [
  { subject: 'resident-mair-evans', name: 'Mair Evans', email: 'mair.evans@post.example', isEmailVerified: true, phone: '07700900101', language: 'cy', confidence: 'medium' },
  { subject: 'resident-tom-bell', name: 'Tom Bell', email: 'tom.bell@post.example', isEmailVerified: true, phone: '07700900102', language: 'en', confidence: 'low' },
  { subject: 'resident-aisha-khan', name: 'Aisha Khan', email: 'aisha.khan@post.example', isEmailVerified: false, confidence: 'none' },
  { subject: 'resident-joe-wood', name: 'Joe Wood', isEmailVerified: false, phone: '07700900104', language: 'en', confidence: 'none' },
];

const TEAMS: readonly Team[] = [
  { teamId: 'contact-centre', title: { en: 'Contact centre', cy: 'Canolfan gyswllt' } },
  { teamId: 'streets', title: { en: 'Streets', cy: 'Strydoedd' } },
  { teamId: 'waste', title: { en: 'Waste and recycling', cy: 'Gwastraff ac ailgylchu' } },
];

const STAFF: readonly { readonly name: string; readonly roles: readonly OfficerRole[]; readonly teams: readonly string[] }[] = [
  { name: 'Gwen Parry', roles: ['adviser'], teams: ['contact-centre'] },
  { name: 'Daniel Osei', roles: ['case-officer'], teams: ['streets'] },
  { name: 'Ruth Marlow', roles: ['case-officer'], teams: ['waste'] },
  { name: 'Helen Shaw', roles: ['team-manager', 'case-officer'], teams: ['contact-centre', 'streets', 'waste'] },
];

/** A council's invented staff: the same people everywhere, with an address of that council's own. */
export function demoStaff(slug: string): readonly (DemoPerson & { readonly email: string; readonly staff: NonNullable<DemoPerson['staff']> })[] {
  return STAFF.map(({ name, roles, teams }) => {
    const mailbox = name.toLowerCase().replace(' ', '.');
    return { subject: `officer-${slug}-${mailbox}`, name, email: `${mailbox}@${slug}.example`, isEmailVerified: true, confidence: 'medium', staff: { roles, teams } };
  });
}

/** The same, as a directory of the council's would list them. */
export function demoDirectory(slug: string): Directory {
  return { teams: TEAMS, officers: demoStaff(slug).map(({ name, email, staff }) => ({ name, email, ...staff })) };
}

/** Whom one can sign in as, for the list that a start prints. */
export const DEMO_HINTS = {
  resident: [`as a resident: ${DEMO_RESIDENTS.map(({ name }) => name).join(' · ')}, or somebody new`],
  officer: [`as an officer: ${STAFF.map(({ name, roles }) => `${name} (${roles.map((role) => role.replaceAll('-', ' ')).join(', ')})`).join(' · ')}`],
} as const;
