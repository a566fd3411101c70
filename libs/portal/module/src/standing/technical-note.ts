import type { PrivacyNote } from '@guildhall/portal-contract';

/** What the server's own log holds. */
export const technicalNote: PrivacyNote = {
  id: 'portal.technical', order: 900,
  purpose: { en: 'Keeping this website safe', cy: 'Cadw’r wefan hon yn ddiogel' },
  data: {
    en: 'The address of your device, the time and the kind of page that you asked for. Never what you wrote, and never the address of a page about you.',
    cy: 'Cyfeiriad eich dyfais, yr amser a’r math o dudalen y gwnaethoch ofyn amdani. Byth yr hyn a ysgrifennoch, a byth gyfeiriad tudalen amdanoch chi.',
  },
  lawfulBasis: {
    en: 'It is part of our public task to keep the website working and safe (UK GDPR, article 6(1)(e)).',
    cy: 'Mae cadw’r wefan yn gweithio ac yn ddiogel yn rhan o’n tasg gyhoeddus (GDPR y DU, erthygl 6(1)(e)).',
  },
  keptFor: { en: '90 days', cy: '90 diwrnod' },
};
