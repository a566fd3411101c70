import { defineTemplate } from '@guildhall/notifications-contract';

/** The subscription has begun. */
export const subscribed = defineTemplate({
  id: 'garden-waste.subscribed',
  title: { en: 'Your garden waste subscription', cy: 'Eich tanysgrifiad gwastraff gardd' },
  placeholders: { reference: 'text', sentence: 'text', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: 'Your garden waste subscription, reference ((reference))', cy: 'Eich tanysgrifiad gwastraff gardd, cyfeirnod ((reference))' },
      body: {
        en: 'Thank you for subscribing to the garden waste collection.\n\n((sentence))\n\nYour reference is ((reference)).\n\n# What happens now\n\n* We leave the bins at the front of your property. You do not need to be at home.\n* The calendar with your collection days is in the lid of the first bin.\n* Put your bins out by 7am on your collection day.\n\nYou can see how it stands at any time:\n\n((link))\n\nKeep this address to yourself: whoever has it can follow your subscription.\n\n((council))',
        cy: 'Diolch am danysgrifio i’r casgliad gwastraff gardd.\n\n((sentence))\n\nEich cyfeirnod yw ((reference)).\n\n# Beth sy’n digwydd nawr\n\n* Byddwn yn gadael y biniau o flaen eich eiddo. Nid oes angen i chi fod gartref.\n* Mae’r calendr â’ch diwrnodau casglu yng nghaead y bin cyntaf.\n* Rhowch eich biniau allan erbyn 7am ar eich diwrnod casglu.\n\nGallwch weld sut mae pethau’n sefyll unrhyw bryd:\n\n((link))\n\nCadwch y cyfeiriad hwn i chi’ch hun: gall pwy bynnag sydd ag ef ddilyn eich tanysgrifiad.\n\n((council))',
      },
    },
    sms: {
      body: {
        en: '((council)): thank you for subscribing to the garden waste collection. Your reference is ((reference)). ((sentence)) See how it stands: ((link))',
        cy: '((council)): diolch am danysgrifio i’r casgliad gwastraff gardd. Eich cyfeirnod yw ((reference)). ((sentence)) Gweld sut mae pethau’n sefyll: ((link))',
      },
    },
    letter: {
      heading: { en: 'Your garden waste subscription, reference ((reference))', cy: 'Eich tanysgrifiad gwastraff gardd, cyfeirnod ((reference))' },
      body: {
        en: 'Thank you for subscribing to the garden waste collection.\n\n((sentence))\n\nYour reference is ((reference)). Please name it when you call us.\n\nWe leave the bins at the front of your property. You do not need to be at home. The calendar with your collection days is in the lid of the first bin. Put your bins out by 7am on your collection day.\n\n((council))',
        cy: 'Diolch am danysgrifio i’r casgliad gwastraff gardd.\n\n((sentence))\n\nEich cyfeirnod yw ((reference)). Nodwch ef pan fyddwch yn ein ffonio, os gwelwch yn dda.\n\nByddwn yn gadael y biniau o flaen eich eiddo. Nid oes angen i chi fod gartref. Mae’r calendr â’ch diwrnodau casglu yng nghaead y bin cyntaf. Rhowch eich biniau allan erbyn 7am ar eich diwrnod casglu.\n\n((council))',
      },
    },
  },
});
