import { defineTemplate } from '../template';

/** Goes by every channel. An implementation under the kit must have it registered. @public */
export const kitOrdinary = defineTemplate({
  id: 'kit.ordinary',
  title: { en: 'About your bins', cy: 'Am eich biniau' },
  placeholders: { name: 'text', reference: 'text' },
  channels: {
    email: { subject: { en: 'Bins for ((name))', cy: 'Biniau i ((name))' }, body: { en: 'Hello ((name)), your reference is ((reference)).', cy: 'Helo ((name)), eich cyfeirnod yw ((reference)).' } },
    sms: { body: { en: '((name)): ((reference))', cy: 'I ((name)): ((reference))' } },
    letter: { heading: { en: 'Bins for ((name))', cy: 'Biniau i ((name))' }, body: { en: 'Your reference is ((reference)).', cy: 'Eich cyfeirnod yw ((reference)).' } },
  },
});

/** Lets somebody in. @public */
export const kitSecret = defineTemplate({
  id: 'kit.secret',
  title: { en: 'Your code', cy: 'Eich cod' },
  isSecret: true,
  giveUpAfterMinutes: 10,
  placeholders: { code: 'text' },
  channels: {
    email: { subject: { en: 'Your code', cy: 'Eich cod' }, body: { en: 'Your code is ((code)).', cy: 'Eich cod yw ((code)).' } },
    sms: { body: { en: 'Your code is ((code)).', cy: 'Eich cod yw ((code)).' } },
  },
});

/** Somebody may do without it. @public */
export const kitNews = defineTemplate({
  id: 'kit.news',
  title: { en: 'News of your bins', cy: 'Newyddion am eich biniau' },
  isNews: true,
  placeholders: { name: 'text' },
  channels: {
    email: { subject: { en: 'News for ((name))', cy: 'Newyddion i ((name))' }, body: { en: 'Your bins, ((name)), were emptied.', cy: 'Gwagiwyd eich biniau, ((name)).' } },
    sms: { body: { en: '((name)): emptied.', cy: '((name)): gwagiwyd.' } },
  },
});

/** The templates that the kit for the API sends. @public */
export const kitTemplates = [kitOrdinary, kitSecret, kitNews];
