import { defineTemplate } from '@guildhall/notifications-contract';

/** Sent to whoever asks for a code, with an account or without. */
export const signInCode = defineTemplate({
  id: 'identity.sign-in-code',
  title: { en: 'Your sign-in code', cy: 'Eich cod mewngofnodi' },
  placeholders: { code: 'text', minutes: 'text', council: 'text' },
  isSecret: true,
  giveUpAfterMinutes: 10,
  channels: {
    email: {
      subject: { en: '((code)) is your sign-in code', cy: '((code)) yw eich cod mewngofnodi' },
      body: {
        en: 'Your sign-in code is:\n\n# ((code))\n\nEnter it on the page where you asked for it. It works for ((minutes)) minutes.\n\nDo not give this code to anyone. We will never ask you for it on the telephone.\n\nIf you did not ask for it you do not need to do anything: nobody can sign in without it.',
        cy: 'Eich cod mewngofnodi yw:\n\n# ((code))\n\nRhowch y cod ar y dudalen lle gofynnoch amdano. Bydd yn gweithio am ((minutes)) munud.\n\nPeidiwch â rhoi’r cod hwn i neb. Fyddwn ni byth yn gofyn amdano dros y ffôn.\n\nOs na wnaethoch ofyn amdano, does dim angen i chi wneud dim: ni all neb fewngofnodi hebddo.',
      },
    },
    sms: {
      body: {
        en: '((code)) is your sign-in code for ((council)). It works for ((minutes)) minutes. Do not give it to anyone.',
        cy: '((code)) yw eich cod mewngofnodi ar gyfer ((council)). Bydd yn gweithio am ((minutes)) munud. Peidiwch â’i roi i neb.',
      },
    },
  },
});
