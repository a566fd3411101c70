import { defineTemplate } from '@guildhall/notifications-contract';

/** What somebody lets be shared, once a year, and how to stop it. */
export const yearlyReminder = defineTemplate({
  id: 'sharing.yearly-reminder',
  title: { en: 'What you let us share, once a year', cy: 'Yr hyn rydych yn gadael i ni ei rannu, unwaith y flwyddyn' },
  placeholders: { list: 'list', link: 'link', telephone: 'text', council: 'text' },
  channels: {
    email: {
      subject: { en: 'What you let us share', cy: 'Yr hyn rydych yn gadael i ni ei rannu' },
      body: {
        en: 'Once a year we remind you of what you have said may be shared:\n\n((list))\n\nYou need do nothing. If you want to stop any of it, or see who looked:\n\n((link))\n\nYou need give no reason. You can also call ((telephone)).\n\n((council))',
        cy: 'Unwaith y flwyddyn rydym yn eich atgoffa o’r hyn y dywedoch y caiff ei rannu:\n\n((list))\n\nNid oes angen i chi wneud dim. Os ydych am atal unrhyw beth ohono, neu weld pwy edrychodd:\n\n((link))\n\nNid oes angen rhoi rheswm. Gallwch hefyd ffonio ((telephone)).\n\n((council))',
      },
    },
    sms: {
      body: {
        en: '((council)): once a year we remind you of what you let us share. See it, or stop it: ((link)) or call ((telephone)).',
        cy: '((council)): unwaith y flwyddyn rydym yn eich atgoffa o’r hyn rydych yn gadael i ni ei rannu. Ei weld, neu ei atal: ((link)) neu ffoniwch ((telephone)).',
      },
    },
    letter: {
      heading: { en: 'What you let us share', cy: 'Yr hyn rydych yn gadael i ni ei rannu' },
      body: {
        en: 'Once a year we remind you of what you have said may be shared:\n\n((list))\n\nYou need do nothing. If you want to stop any of it, call ((telephone)), or open “Your information” in your account. You need give no reason.\n\n((council))',
        cy: 'Unwaith y flwyddyn rydym yn eich atgoffa o’r hyn y dywedoch y caiff ei rannu:\n\n((list))\n\nNid oes angen i chi wneud dim. Os ydych am atal unrhyw beth ohono, ffoniwch ((telephone)), neu agorwch “Eich gwybodaeth” yn eich cyfrif. Nid oes angen rhoi rheswm.\n\n((council))',
      },
    },
  },
});
