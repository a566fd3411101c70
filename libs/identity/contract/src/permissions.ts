import { definePermission } from '@guildhall/kernel-contract';

/** See who a resident is and how to reach them. @public */
export const READ_PEOPLE = definePermission('identity.read-people', 'See a resident’s name and contact details', ['adviser', 'case-officer', 'team-manager']);
/** Act for somebody who is not online. @public */
export const ASSIST_PEOPLE = definePermission('identity.assist-people', 'Act for a resident who calls or visits', ['adviser', 'team-manager']);
/** Register a person whose contact somebody else verified. For machines and jobs. @public */
export const REGISTER_PEOPLE = definePermission('identity.register-people', 'Register a person by a verified contact');
/** See colleagues, their roles and teams. @public */
export const READ_STAFF = definePermission('identity.read-staff', 'See officers and teams', ['adviser', 'case-officer', 'team-manager']);
/** Give another system a credential, or take it away. @public */
export const MANAGE_MACHINES = definePermission('identity.manage-machines', 'Manage the credentials of other systems', ['team-manager']);
