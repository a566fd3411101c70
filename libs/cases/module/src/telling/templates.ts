import { defineTemplate } from '@guildhall/notifications-contract';

/** We have your report or application. */
export const caseOpened = defineTemplate({
  id: 'cases.opened',
  title: { en: 'We have received it', cy: 'Rydym wedi’i dderbyn' },
  placeholders: { what: 'text', reference: 'text', sentence: 'text', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: '((what)): your reference is ((reference))', cy: '((what)): eich cyfeirnod yw ((reference))' },
      body: {
        en: '((sentence))\n\nYour reference is ((reference)).\n\nYou can see how it is going, and tell us more, at any time:\n\n((link))\n\nKeep this address to yourself: whoever has it can follow your case.\n\n((council))',
        cy: '((sentence))\n\nEich cyfeirnod yw ((reference)).\n\nGallwch weld sut mae’n dod yn ei flaen, a dweud mwy wrthym, ar unrhyw adeg:\n\n((link))\n\nCadwch y cyfeiriad hwn i chi’ch hun: gall pwy bynnag sydd ag ef ddilyn eich achos.\n\n((council))',
      },
    },
    sms: { body: { en: '((council)): ((what)), reference ((reference)). ((sentence)) Track it: ((link))', cy: '((council)): ((what)), cyfeirnod ((reference)). ((sentence)) Olrhain: ((link))' } },
    letter: {
      heading: { en: '((what)): reference ((reference))', cy: '((what)): cyfeirnod ((reference))' },
      body: {
        en: '((sentence))\n\nYour reference is ((reference)). Please give it when you call us.\n\n((council))',
        cy: '((sentence))\n\nEich cyfeirnod yw ((reference)). Rhowch ef pan fyddwch yn ein ffonio.\n\n((council))',
      },
    },
  },
});

/** Something has happened. */
export const caseMoved = defineTemplate({
  id: 'cases.moved',
  title: { en: 'News of your case', cy: 'Newyddion am eich achos' },
  isNews: true,
  placeholders: { what: 'text', reference: 'text', sentence: 'text', 'has reasons': 'flag', reasons: 'paragraphs', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: '((what)): news of ((reference))', cy: '((what)): newyddion am ((reference))' },
      body: {
        en: '((sentence))\n\n((has reasons??What we noted:))\n\n((reasons))\n\nSee what happened, and tell us if something is wrong:\n\n((link))\n\n((council))',
        cy: '((sentence))\n\n((has reasons??Yr hyn a nodwyd gennym:))\n\n((reasons))\n\nGweld beth sydd wedi digwydd, a dweud wrthym os oes rhywbeth o’i le:\n\n((link))\n\n((council))',
      },
    },
    sms: { body: { en: '((council)), ((reference)): ((sentence)) ((link))', cy: '((council)), ((reference)): ((sentence)) ((link))' } },
    letter: {
      heading: { en: '((what)): reference ((reference))', cy: '((what)): cyfeirnod ((reference))' },
      body: { en: '((sentence))\n\n((has reasons??What we noted:))\n\n((reasons))\n\n((council))', cy: '((sentence))\n\n((has reasons??Yr hyn a nodwyd gennym:))\n\n((reasons))\n\n((council))' },
    },
  },
});

/** We need something from the resident. */
export const caseWaiting = defineTemplate({
  id: 'cases.waiting',
  title: { en: 'We need something from you', cy: 'Mae angen rhywbeth arnom gennych chi' },
  placeholders: { what: 'text', reference: 'text', reasons: 'paragraphs', 'has due date': 'flag', 'due on': 'text', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: '((what)): we need something from you (((reference)))', cy: '((what)): mae angen rhywbeth arnom gennych chi (((reference)))' },
      body: {
        en: 'We cannot go on with your case until you answer:\n\n((reasons))\n\n((has due date??Please answer by)) ((due on))\n\nAnswer here:\n\n((link))\n\n((council))',
        cy: 'Ni allwn fwrw ymlaen â’ch achos nes i chi ateb:\n\n((reasons))\n\n((has due date??Atebwch erbyn)) ((due on))\n\nAtebwch yma:\n\n((link))\n\n((council))',
      },
    },
    sms: { body: { en: '((council)): we need something from you about ((reference)). Please answer here: ((link))', cy: '((council)): mae angen rhywbeth arnom gennych chi am ((reference)). Atebwch yma: ((link))' } },
    letter: {
      heading: { en: '((what)): we need something from you', cy: '((what)): mae angen rhywbeth arnom gennych chi' },
      body: {
        en: 'Your reference is ((reference)). We cannot go on with your case until you answer:\n\n((reasons))\n\n((has due date??Please answer by)) ((due on))\n\n((council))',
        cy: 'Eich cyfeirnod yw ((reference)). Ni allwn fwrw ymlaen â’ch achos nes i chi ateb:\n\n((reasons))\n\n((has due date??Atebwch erbyn)) ((due on))\n\n((council))',
      },
    },
  },
});

/** A decision, with its letter. */
export const caseDecided = defineTemplate({
  id: 'cases.decided',
  title: { en: 'Our decision', cy: 'Ein penderfyniad' },
  placeholders: { heading: 'text', reference: 'text', letter: 'paragraphs', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: '((heading))', cy: '((heading))' },
      body: { en: '((letter))\n\nYour reference is ((reference)). See your case:\n\n((link))\n\n((council))', cy: '((letter))\n\nEich cyfeirnod yw ((reference)). Gweld eich achos:\n\n((link))\n\n((council))' },
    },
    sms: { body: { en: '((council)): we have decided about ((reference)). Read our decision: ((link))', cy: '((council)): rydym wedi penderfynu ar ((reference)). Darllenwch ein penderfyniad: ((link))' } },
    letter: { heading: { en: '((heading))', cy: '((heading))' }, body: { en: 'Your reference is ((reference)).\n\n((letter))\n\n((council))', cy: 'Eich cyfeirnod yw ((reference)).\n\n((letter))\n\n((council))' } },
  },
});

/** An officer writes. */
export const caseUpdated = defineTemplate({
  id: 'cases.updated',
  title: { en: 'A message about your case', cy: 'Neges am eich achos' },
  placeholders: { what: 'text', reference: 'text', update: 'paragraphs', link: 'link', council: 'text' },
  channels: {
    email: {
      subject: { en: '((what)): a message about ((reference))', cy: '((what)): neges am ((reference))' },
      body: { en: '((update))\n\nSee your case, or write to us:\n\n((link))\n\n((council))', cy: '((update))\n\nGweld eich achos, neu ysgrifennu atom:\n\n((link))\n\n((council))' },
    },
    sms: { body: { en: '((council)): there is a message about ((reference)). Read it here: ((link))', cy: '((council)): mae neges am ((reference)). Darllenwch hi yma: ((link))' } },
    letter: { heading: { en: '((what)): reference ((reference))', cy: '((what)): cyfeirnod ((reference))' }, body: { en: '((update))\n\n((council))', cy: '((update))\n\n((council))' } },
  },
});

/** Every message that cases send unless a case type names its own. */
export const CASE_MESSAGES = [caseOpened, caseMoved, caseWaiting, caseDecided, caseUpdated] as const;
