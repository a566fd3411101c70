import { defineTemplate } from '@guildhall/notifications-contract';

/** An adviser did something for somebody: the code with which they make it theirs. */
export const claimCode = defineTemplate({
  id: 'services.claim-code',
  title: { en: 'Your code for your case', cy: 'Eich cod ar gyfer eich achos' },
  placeholders: { service: 'text', reference: 'text', code: 'text', status: 'link', link: 'link', council: 'text' },
  isSecret: true,
  channels: {
    sms: {
      body: {
        en: '((council)): we have done this for you: ((service)), reference ((reference)). See how it stands: ((status)) To have it in your account, sign in at ((link)) and enter the code ((code)). We never call you to ask for it.',
        cy: '((council)): rydym wedi gwneud hyn ar eich rhan: ((service)), cyfeirnod ((reference)). Gweld sut mae’n sefyll: ((status)) I’w gael yn eich cyfrif, mewngofnodwch yn ((link)) a rhowch y cod ((code)). Ni fyddwn byth yn eich ffonio i ofyn amdano.',
      },
    },
    letter: {
      heading: { en: '((service)): reference ((reference))', cy: '((service)): cyfeirnod ((reference))' },
      body: {
        en: 'We have done this for you, as you asked us to: ((service)).\n\nYour reference is ((reference)). Please name it when you call us.\n\nYou do not have to do anything. If you would like to track it online, sign in at ((link)) and enter this code:\n\n# ((code))\n\nPlease do not give the code to anybody. We never call you to ask for it.\n\n((council))',
        cy: 'Rydym wedi gwneud hyn ar eich rhan, fel y gofynnoch: ((service)).\n\nEich cyfeirnod yw ((reference)). Nodwch ef pan fyddwch yn ein ffonio, os gwelwch yn dda.\n\nNid oes rhaid i chi wneud dim. Os hoffech ei olrhain ar-lein, mewngofnodwch yn ((link)) a rhowch y cod hwn:\n\n# ((code))\n\nPeidiwch â rhoi’r cod i neb, os gwelwch yn dda. Ni fyddwn byth yn eich ffonio i ofyn amdano.\n\n((council))',
      },
    },
    email: {
      subject: { en: '((service)): reference ((reference))', cy: '((service)): cyfeirnod ((reference))' },
      body: {
        en: 'We have done this for you, as you asked us to: ((service)).\n\nYour reference is ((reference)).\n\nSee how it stands:\n\n((status))\n\nTo have it in your account, sign in at ((link)) and enter this code:\n\n# ((code))\n\nPlease do not give the code to anybody. We never call you to ask for it.\n\n((council))',
        cy: 'Rydym wedi gwneud hyn ar eich rhan, fel y gofynnoch: ((service)).\n\nEich cyfeirnod yw ((reference)).\n\nGweld sut mae’n sefyll:\n\n((status))\n\nI’w gael yn eich cyfrif, mewngofnodwch yn ((link)) a rhowch y cod hwn:\n\n# ((code))\n\nPeidiwch â rhoi’r cod i neb, os gwelwch yn dda. Ni fyddwn byth yn eich ffonio i ofyn amdano.\n\n((council))',
      },
    },
  },
});
