import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What only officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      title: 'Sign in to the desk',
      intro: 'For council staff. Use your work account.',
      'no-way': 'This council has set up no way for staff to sign in. Add one to officers in council.config.ts.',
      'failed-title': 'You are not signed in',
      'not-an-officer': 'This account is not registered as an officer’s. Ask your team manager to have it added, then try again.',
      again: 'Try again',
    },
  },
});
