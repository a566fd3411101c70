import { OFFICER_ROLES, normaliseEmail } from '@guildhall/identity-contract';
import type { IdentityConfidence, RedirectRefusal, Team } from '@guildhall/identity-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { OfficerRole, Outcome } from '@guildhall/kernel-contract';
import { claimAt, textAt, textsAt } from './claims';
import type { Claims } from './claims';
import type { OfficerOptions } from './options';
import type { Reading, Said } from './reading';
import { MULTIPLE_FACTORS, hadSecondFactor, secondFactorParameters } from './second-factor';

/** Entra ID's word for somebody who was invited from another directory (optional claim `acct`). */
const GUEST = 1;

/** What a council sets of officers, and what is known of the far end's kind. */
export interface OfficerRules extends OfficerOptions {
  /** The directory's id, which every token must name (`tid`). */
  readonly tenant?: string;
  /** The scope by which a refresh token is given, where one must be asked for. */
  readonly refreshScope?: string;
  /** The claim that names somebody for good, where `sub` does not: Entra ID's is another one for each application, and a council may register its own anew. */
  readonly subjectIn?: string;
}

/** Officers: with the second factor, of the council's own directory, with the roles and teams that its groups are mapped to. */
export class ReadOfficer implements Reading {
  readonly title: Reading['title'];
  readonly hint: Reading['hint'];
  readonly scopes: readonly string[];
  readonly teams: readonly Team[];
  readonly highestConfidence: IdentityConfidence = 'none';
  readonly asksUserInfo = false;
  readonly rechecks = true;
  readonly subjectIn: string;
  readonly #rolesIn: readonly string[];
  readonly #domains: readonly string[];

  /** @throws Error when nobody could ever get in, or anybody */
  constructor(private readonly rules: OfficerRules) {
    this.title = rules.title ?? { en: 'Sign in with your work account', cy: 'Mewngofnodi gyda’ch cyfrif gwaith' };
    this.hint = rules.hint;
    this.subjectIn = rules.subjectIn ?? 'sub';
    this.scopes = [...(rules.scopes ?? ['profile', 'email']), ...(rules.refreshScope ? [rules.refreshScope] : [])];
    this.teams = (rules.teams ?? []).map(({ teamId, title }) => ({ teamId, title }));
    this.#rolesIn = rules.rolesIn ?? ['roles', 'groups', 'realm_access.roles'];
    this.#domains = (rules.emailDomains ?? []).map((domain) => domain.trim().toLowerCase().replace(/^@/, ''));
    if (!Object.values(rules.roles).some((from) => from.length > 0)) throw new Error('No group gives any role, so no officer could sign in. Map one, like roles: { \'case-officer\': [\'…\'] }.');
    if (Object.keys(rules.roles).some((role) => !(OFFICER_ROLES as readonly string[]).includes(role))) throw new Error(`There are the roles ${OFFICER_ROLES.join(', ')}, and no others.`);
    if (this.teams.some(({ teamId }) => !/^[a-z][a-z0-9-]*$/.test(teamId))) throw new Error('A team is named by a slug, like "streets".');
    const { amr = [], acr = [], acrs = [] } = this.#secondFactor;
    if ([...amr, ...acr, ...acrs].length === 0) throw new Error('secondFactor lists nothing by which a second factor is known, so no officer could sign in.');
  }

  parameters(): Readonly<Record<string, string>> {
    return secondFactorParameters(this.#secondFactor);
  }

  read(claims: Claims, _asked: IdentityConfidence, isNew: boolean): Outcome<Said, RedirectRefusal> {
    if (this.rules.tenant !== undefined && claims.tid !== this.rules.tenant) return refused('not-valid', 'The account is of another directory.');
    // Once a session: a refresh tells how somebody signed in then, and not every far end says it again.
    if (isNew && !hadSecondFactor(claims, this.#secondFactor)) return refused('no-second-factor', 'The officer signed in without a second factor.');
    const found = this.#groupsIn(claims);
    if (!found) return refused('too-many-groups', 'The officer is in more groups than a token lists. Give app roles in their place, or let only groups that are assigned to the application into the token.');
    const name = textAt(claims, 'name');
    const email = this.#workAddressIn(claims);
    const isGuest = claims.acct === GUEST || claims.acct === String(GUEST);
    const roles = isGuest ? [] : rolesOf(this.rules.roles, found);
    const teams = (this.rules.teams ?? []).filter(({ from }) => from.some((each) => found.has(each))).map(({ teamId }) => teamId);
    return done({ confidence: 'none', ...(name ? { name } : {}), ...(email ? { verifiedEmail: email } : {}), staff: { roles, teams: roles.length > 0 ? teams : [] } });
  }

  /** Groups and roles together; undefined when the far end says that there are more than it lists (Entra ID's overage; OpenID Connect Core 1.0, 5.6.2). */
  #groupsIn(claims: Claims): ReadonlySet<string> | undefined {
    const elsewhere = claimAt(claims, '_claim_names');
    const isElsewhere = (path: string): boolean => typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, path.split('.')[0] ?? '');
    if (this.#rolesIn.some(isElsewhere) || (this.#rolesIn.includes('groups') && (claims.hasgroups === true || claims.hasgroups === 'true'))) return undefined;
    return new Set(this.#rolesIn.flatMap((path) => textsAt(claims, path)));
  }

  /** An address that the directory vouches for: that it says it verified, or of the council's own domains where it says nothing. */
  #workAddressIn(claims: Claims): string | undefined {
    // Not everybody in Entra ID has a mailbox; the name to sign in by is of a domain that the directory has proved to hold.
    const email = textAt(claims, 'email') ?? (this.rules.tenant === undefined ? undefined : textAt(claims, 'preferred_username'));
    const normalised = email && normaliseEmail(email);
    if (!normalised) return undefined;
    const isOfDomain = this.#domains.includes(normalised.slice(normalised.lastIndexOf('@') + 1));
    if (this.#domains.length > 0 && !isOfDomain) return undefined;
    const verified = claims.email_verified;
    return verified === true || (verified === undefined && isOfDomain) ? email : undefined;
  }

  get #secondFactor() { return this.rules.secondFactor ?? MULTIPLE_FACTORS; }
}

function rolesOf(map: OfficerOptions['roles'], found: ReadonlySet<string>): readonly OfficerRole[] {
  return OFFICER_ROLES.filter((role) => map[role]?.some((from) => found.has(from)));
}
