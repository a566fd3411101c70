import { definePermission } from '@guildhall/kernel-contract';

/** Lets a new publisher into a catalogue, having made sure who it is, or turns it away. @public */
export const ADMIT_PUBLISHERS = definePermission('catalogue.admit-publishers', 'Let publishers into the catalogue', ['team-manager']);
