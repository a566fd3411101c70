/** Somebody invented, as a directory would know them. @public */
export interface SimulatedPerson {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly phone?: string;
  readonly locale?: string;
  /** The class of authentication that their identity was checked for. */
  readonly acr?: string;
  /** Whether they sign in with a second factor when nothing is chosen. */
  readonly hasSecondFactor: boolean;
  /** App roles (Entra ID) or realm roles (Keycloak). */
  readonly roles?: readonly string[];
  /** Ids of groups (Entra ID) or paths of groups (Keycloak). */
  readonly groups?: readonly string[];
  /** In more groups than a token lists. */
  readonly hasTooManyGroups?: boolean;
  /** Invited from another directory. */
  readonly isGuest?: boolean;
  /** False: Entra ID has no address of theirs, but for the name to sign in by. */
  readonly hasMailbox?: boolean;
}

/** Residents who differ in what a council must cope with. All are invented. @public */
export const SIMULATED_RESIDENTS: readonly SimulatedPerson[] = [
  { id: 'olwen', givenName: 'Olwen', familyName: 'Madeup', email: 'olwen.madeup@post.example', isEmailVerified: true, phone: '+447700900411', locale: 'cy-GB', acr: 'checked', hasSecondFactor: true },
  { id: 'felix', givenName: 'Felix', familyName: 'Notreal', email: 'felix.notreal@post.example', isEmailVerified: true, locale: 'en-GB', hasSecondFactor: false },
  { id: 'petra', givenName: 'Petra', familyName: 'Unproven', email: 'petra.unproven@post.example', isEmailVerified: false, hasSecondFactor: false },
];

/** Staff of an invented council, with groups as both kinds of directory name them. @public */
export const SIMULATED_STAFF: readonly SimulatedPerson[] = [
  { id: 'gethin', givenName: 'Gethin', familyName: 'Invented', email: 'gethin.invented@testham.example', isEmailVerified: true, hasSecondFactor: true, roles: ['Desk.CaseOfficer'], groups: ['0a1b2c3d-0000-4000-8000-00000000a001', '/guildhall/streets'] },
  { id: 'marta', givenName: 'Marta', familyName: 'Imaginary', email: 'marta.imaginary@testham.example', isEmailVerified: true, hasSecondFactor: true, roles: ['Desk.Manager', 'Desk.CaseOfficer'], groups: ['0a1b2c3d-0000-4000-8000-00000000a001', '0a1b2c3d-0000-4000-8000-00000000a002', '/guildhall/streets', '/guildhall/waste'] },
  { id: 'sunil', givenName: 'Sunil', familyName: 'Passwordonly', email: 'sunil.passwordonly@testham.example', isEmailVerified: true, hasSecondFactor: false, roles: ['Desk.Adviser'] },
  { id: 'noor', givenName: 'Noor', familyName: 'Elsewhere', email: 'noor.elsewhere@testham.example', isEmailVerified: true, hasSecondFactor: true, groups: ['0a1b2c3d-0000-4000-8000-00000000ffff', '/parks'] },
  { id: 'bram', givenName: 'Bram', familyName: 'Manygroups', email: 'bram.manygroups@testham.example', isEmailVerified: true, hasSecondFactor: true, roles: ['Desk.CaseOfficer'], hasTooManyGroups: true },
  { id: 'ines', givenName: 'Ines', familyName: 'Invited', email: 'ines.invited@testham.example', isEmailVerified: true, hasSecondFactor: true, roles: ['Desk.CaseOfficer'], isGuest: true },
  { id: 'rhodri', givenName: 'Rhodri', familyName: 'Otherdomain', email: 'rhodri.otherdomain@elsewhere.example', isEmailVerified: true, hasSecondFactor: true, roles: ['Desk.CaseOfficer'] },
];

/** The subject by which the issuer knows somebody: a GUID made of the id, never reused. */
export function subjectOf({ id }: Pick<SimulatedPerson, 'id'>): string {
  const hex = Buffer.from(id.padEnd(16, '.')).toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
