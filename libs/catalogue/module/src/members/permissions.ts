import { definePermission } from '@guildhall/kernel-contract';

/** To write for one's own organisation: offers, adoptions, help. @public */
export const CONTRIBUTE = definePermission('catalogue.contribute', 'Write in the catalogue for one’s own organisation', ['adviser', 'case-officer', 'team-manager']);
/** To say which organisations write here, and to take away what should not stand. @public */
export const MANAGE_CATALOGUE = definePermission('catalogue.manage', 'Add organisations to the catalogue, and remove what should not be listed', ['team-manager']);
