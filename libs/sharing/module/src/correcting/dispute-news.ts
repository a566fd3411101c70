import { defineTemplate } from '@guildhall/notifications-contract';

/** What somebody is asked, or how the time stands, while they wait for the answer to what they said is wrong. What that is about stands in no subject, which others may see. */
export const disputeNews = defineTemplate({
  id: 'sharing.dispute-news',
  title: { en: 'News of what you said is wrong', cy: 'Newyddion am yr hyn y dywedasoch ei fod yn anghywir' },
  placeholders: { news: 'text', words: 'paragraphs', link: 'link', telephone: 'text', council: 'text' },
  channels: {
    email: {
      subject: { en: 'News of what you said is wrong', cy: 'Newyddion am yr hyn y dywedasoch ei fod yn anghywir' },
      body: {
        en: '((news))\n\n((words))\n\nSee what came of it:\n\n((link))\n\nYou can also call ((telephone)). If you are not content with what we do, you can complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.\n\n((council))',
        cy: '((news))\n\n((words))\n\nGweld beth ddaeth ohono:\n\n((link))\n\nGallwch hefyd ffonio ((telephone)). Os nad ydych yn fodlon ar yr hyn a wnawn, gallwch gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.\n\n((council))',
      },
    },
    letter: {
      heading: { en: 'News of what you said is wrong', cy: 'Newyddion am yr hyn y dywedasoch ei fod yn anghywir' },
      body: {
        en: '((news))\n\n((words))\n\nYou can call ((telephone)), or open “Your information” in your account. If you are not content with what we do, you can complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.\n\n((council))',
        cy: '((news))\n\n((words))\n\nGallwch ffonio ((telephone)), neu agor “Eich gwybodaeth” yn eich cyfrif. Os nad ydych yn fodlon ar yr hyn a wnawn, gallwch gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.\n\n((council))',
      },
    },
  },
});
