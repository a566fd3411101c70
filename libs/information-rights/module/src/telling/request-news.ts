import { defineTemplate } from '@guildhall/notifications-contract';

/** How somebody's request for their rights stands. */
export const requestNews = defineTemplate({
  id: 'information-rights.request-news',
  title: { en: 'News of your request about your data', cy: 'Newyddion am eich cais ynghylch eich data' },
  placeholders: { reference: 'text', news: 'text', words: 'paragraphs', list: 'list', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: 'Your request ((reference)) about your data', cy: 'Eich cais ((reference)) ynghylch eich data' },
      body: {
        en: '((news))\n\n((words))\n\n((list))\n\nSee your request:\n\n((link))\n\nIf you are not content with what we do, you can complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.\n\n((council))',
        cy: '((news))\n\n((words))\n\n((list))\n\nGweld eich cais:\n\n((link))\n\nOs nad ydych yn fodlon ar yr hyn a wnawn, gallwch gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.\n\n((council))',
      },
    },
    letter: {
      heading: { en: 'Your request ((reference)) about your data', cy: 'Eich cais ((reference)) ynghylch eich data' },
      body: {
        en: '((news))\n\n((words))\n\n((list))\n\nIf you are not content with what we do, you can complain to the Information Commissioner, on 0303 123 1113 or at ico.org.uk, or go to court.\n\n((council))',
        cy: '((news))\n\n((words))\n\n((list))\n\nOs nad ydych yn fodlon ar yr hyn a wnawn, gallwch gwyno i’r Comisiynydd Gwybodaeth, ar 0330 414 6421 neu yn ico.org.uk, neu fynd i’r llys.\n\n((council))',
      },
    },
  },
});
