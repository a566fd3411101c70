import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What advisers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Help a caller',
      assist: {
        title: 'Help a caller', 'list-title': 'Help a caller', 'list-empty': 'This council offers no services yet.', questions: 'Questions', caller: 'The caller', ending: 'It ends here', fee: 'What it costs', total: 'Total',
        'fee-later': 'The cost shows when everything is answered.', update: 'Update', 'update-hint': 'Keeps the answers and shows the questions that they open.', send: 'Send for the caller', more: 'These answers open more questions. Answer them, then send.', ended: 'With these answers nothing is sent: tell the caller what stands at “It ends here”.',
        'caller-hint': 'Without a name it is sent anonymously and no code goes out.', 'read-out': 'To read out to the caller', consent: 'The caller has heard and confirms:',
      },
      sent: {
        title: 'Sent for the caller', reference: 'Reference', waiting: 'The caller pays {amount} by the link that we send them now. We file it when it is paid.', finished: 'It is filed.', 'in-progress': 'It is confirmed and being filed. Load this page again in a moment.', code: 'The caller gets a code by text message or letter, with which they can track it in their own account.',
        'no-code': 'It was sent without a name, so no code goes out. Give the caller the reference.', tell: 'Tell the caller', open: 'Open the case', another: 'Do the same for another caller', all: 'All services',
      },
    },
  },
});
