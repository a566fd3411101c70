import { definePermission } from '@guildhall/kernel-contract';

/** See the council's configuration, take it away as a file, and bring in a file as a draft. @public */
export const SHARE_CONFIGURATION = definePermission('configuration.share', 'Export configuration, and bring in another council’s as a draft', ['team-manager']);
/** Publish a draft, or put back what was before. @public */
export const PUBLISH_CONFIGURATION = definePermission('configuration.publish', 'Publish configuration that was brought in, and put back what was before', ['team-manager']);
