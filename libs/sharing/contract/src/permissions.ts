import { definePermission } from '@guildhall/kernel-contract';

/** Ask other bodies about people, by agreement. For systems of the body's own. @public */
export const ASK_OTHERS = definePermission('sharing.ask-others', 'Ask other bodies about people, by agreement', []);
/** Look at agreements, at the bodies that share, and at how much is shared. @public */
export const READ_AGREEMENTS = definePermission('sharing.read-agreements', 'Look at agreements to share with other bodies', ['case-officer', 'team-manager']);
/** Draft agreements, sign them for the council, hand them over, end them, and say which bodies there are. For whoever looks after information governance. @public */
export const MANAGE_AGREEMENTS = definePermission('sharing.manage-agreements', 'Draft, sign and end agreements to share with other bodies', ['team-manager']);
/** See what residents say is wrong, look at what is held, and answer. @public */
export const ANSWER_DISPUTES = definePermission('sharing.answer-disputes', 'Answer residents who say that something is wrong', ['case-officer', 'team-manager']);
/** Ask another body about a person oneself, by an agreement and for a reason. @public */
export const LOOK_AT_OTHERS = definePermission('sharing.look-at-others', 'Look at a person’s record at another body, for a reason', ['case-officer', 'team-manager']);
/** See who looked at a resident's information, and stop or allow sharing for them. @public */
export const ACT_ON_SHARING = definePermission('sharing.act-for-residents', 'See who looked at a resident’s information, and stop or allow sharing for them', ['adviser', 'team-manager']);
/** Fetch what other bodies have told of people here, and confirm it. For systems of the body's own. @public */
export const TAKE_CHANGES = definePermission('sharing.take-changes', 'Fetch what other bodies have told of people, and confirm it', []);
