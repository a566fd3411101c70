import { defineTemplate } from '@guildhall/notifications-contract';

/** An adviser has filled something in for somebody: where they pay for it. */
export const paymentLink = defineTemplate({
  id: 'services.payment-link',
  title: { en: 'Where to pay', cy: 'Ble i dalu' },
  placeholders: { service: 'text', amount: 'text', reference: 'text', link: 'link', council: 'text' },
  giveUpAfterMinutes: 2 * 24 * 60,
  channels: {
    sms: {
      body: {
        en: '((council)): please pay ((amount)) for ((service)), reference ((reference)), at ((link)). We start when you have paid.',
        cy: '((council)): mae angen i chi dalu ((amount)): ((service)), cyfeirnod ((reference)). Talwch yn ((link)). Byddwn yn dechrau pan fyddwch wedi talu.',
      },
    },
    email: {
      subject: { en: 'Pay ((amount)) for ((service))', cy: 'Talu ((amount)): ((service))' },
      body: {
        en: 'You asked us for this: ((service)).\n\nThe cost is ((amount)). Your payment reference is ((reference)).\n\nPay here:\n\n((link))\n\nWe start when you have paid. If you do not want it any more, you do not have to do anything.\n\n((council))',
        cy: 'Fe wnaethoch ofyn i ni am hyn: ((service)).\n\nY gost yw ((amount)). Eich cyfeirnod talu yw ((reference)).\n\nTalwch yma:\n\n((link))\n\nByddwn yn dechrau pan fyddwch wedi talu. Os nad ydych am ei gael mwyach, nid oes rhaid i chi wneud dim.\n\n((council))',
      },
    },
    letter: {
      heading: { en: 'Pay ((amount)) for ((service))', cy: 'Talu ((amount)): ((service))' },
      body: {
        en: 'You asked us for this: ((service)).\n\nThe cost is ((amount)). Your payment reference is ((reference)).\n\nPay online at:\n\n((link))\n\nWe start when you have paid. If you do not want it any more, you do not have to do anything.\n\n((council))',
        cy: 'Fe wnaethoch ofyn i ni am hyn: ((service)).\n\nY gost yw ((amount)). Eich cyfeirnod talu yw ((reference)).\n\nTalwch ar-lein yn:\n\n((link))\n\nByddwn yn dechrau pan fyddwch wedi talu. Os nad ydych am ei gael mwyach, nid oes rhaid i chi wneud dim.\n\n((council))',
      },
    },
  },
});
