import { definePermission } from '@guildhall/kernel-contract';

/** Complete a service for somebody who calls or visits. @public */
export const ASSIST_WITH_SERVICES = definePermission('services.assist', 'Complete a service for a caller', ['adviser', 'team-manager']);
