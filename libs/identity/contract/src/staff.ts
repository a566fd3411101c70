import type { OfficerId, OfficerRole, Text } from '@guildhall/kernel-contract';

/** A team of the council's, named by a slug that cases keep: `streets`. @public */
export interface Team {
  readonly teamId: string;
  readonly title: Text;
}

/** A member of staff as colleagues see them. @public */
export interface OfficerView {
  readonly officerId: OfficerId;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly OfficerRole[];
  /** Slugs of teams. */
  readonly teams: readonly string[];
  /** False for somebody who has left: their name stays on what they did. */
  readonly isActive: boolean;
}

/** The roles by name, in the order in which they are listed. @public */
export const OFFICER_ROLES: readonly OfficerRole[] = ['adviser', 'case-officer', 'team-manager'];

/** What each role is called on the officer's desk. @public */
export const ROLE_TITLES: Readonly<Record<OfficerRole, Text>> = {
  adviser: { en: 'Contact-centre adviser', cy: 'Ymgynghorydd y ganolfan gyswllt' },
  'case-officer': { en: 'Case officer', cy: 'Swyddog achosion' },
  'team-manager': { en: 'Team manager', cy: 'Rheolwr tîm' },
};
