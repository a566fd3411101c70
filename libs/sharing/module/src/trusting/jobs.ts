import { defineJob } from '@guildhall/kernel-contract';

/** Looks whether regional bodies have a newer list, and makes known whom the lists name. */
export const FollowLists = defineJob<Record<never, never>>('sharing.follow-lists');
/** Asks other bodies what runs there, and what assessors have found of it. */
export const FetchAssurance = defineJob<Record<never, never>>('sharing.fetch-assurance');
