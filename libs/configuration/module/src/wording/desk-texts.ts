import { defineDeskTexts } from '@guildhall/kernel-contract';

/** What officers read. */
export const deskTexts = defineDeskTexts({
  en: {
    desk: {
      area: 'Configuration', title: 'Configuration',
      introduction: 'What your council can change of its services without a developer. Change it here, take any of it away as a file and give it to another council, or bring in a file that another council gave you.',
      'bring-in': {
        title: 'Bring in another council’s configuration', text: 'Choose the file. You see what would change before anything does, and nothing holds until somebody publishes it.', file: 'File of configuration', hint: 'It ends in .json.', confirm: 'See what would change',
        missing: 'Choose the file', 'too-long': 'The file is longer than any configuration. Choose another one', 'not-json': 'This is no file of configuration. Choose the file as it was exported',
      },
      thing: 'What', belongs: 'Belongs to', none: 'Nothing can be changed here', 'none-text': 'None of the council’s modules has anything that can be configured.',
      export: 'Export as a file', back: 'Back to configuration', 'back-to-thing': 'Back to {title}',
      own: 'Changed here', 'own-text': 'These lines are not as the package and the council’s app have them.', 'own-none': 'Everything is as the package and the council’s app have it.',
      history: 'History', 'history-none': 'Nothing has been changed here yet.', revision: 'Revision', state: 'State', when: 'When', who: 'Who', from: 'From',
      states: { draft: 'Draft', published: 'Published', discarded: 'Discarded', 'in-force': 'In force', 'in-part': 'In force in part' },
      warning: 'Warning', misfit: 'Revision {revision} does not fit the version that is installed now. What does not fit is left out; the rest of it holds.', 'misfit-then': 'Bring in a file that fits this version and publish it, or put back what the package has.',
      'from-council': '{council}, {when}', 'from-package': 'As the package has it', 'from-before': 'Revision {revision} put back', 'from-typed': 'Typed here', 'takes-effect': 'holds from {when}',
      'put-back': 'Put back revision {revision}', 'put-back-package': 'Put back what the package has', look: 'Look at revision {revision}',
      'comparison': 'What would change', 'comparison-none': 'Nothing: it is the same as what holds now.', 'comparison-unreadable': 'It was kept under another version, and cannot be read by the one that is installed. Nobody can publish it.', unchanged: '{count, plural, one {# line stays} other {# lines stay}} as now.',
      'comparison-title': 'Revision {revision}: {title}', line: 'Line', before: 'Now', after: 'Then', package: 'Package', here: 'Here', english: 'English', welsh: 'Welsh', nothing: 'nothing',
      publish: 'Publish', discard: 'Discard', 'publish-text': 'Residents and officers see it everywhere a few seconds after you press. Cases that are open keep the words and deadlines they were opened with.', 'publish-not-yours': 'Somebody who may publish configuration has to press.', 'publish-another': 'You made this draft, so somebody else has to publish it.',
      change: {
        begin: 'Change it here', draft: 'Change this draft', title: 'Change {title}', text: 'Type what is to hold. You see what would change before anything does, and nothing holds until it is published.',
        placeholders: 'Leave what stands in (( )) as it is: it is filled in for each person.', confirm: 'See what would change', between: 'From {least} to {most}', yes: 'Yes', no: 'No', optional: '(optional)', 'optional-text': 'What is optional is left out where its field is empty.',
        'nothing-changed': 'You have changed nothing', 'changed-meanwhile': 'Somebody else has published something since you began. What you typed is below. Press again, and you see what it would change now',
        mistakes: {
          money: '“{label}” must be an amount of money, like 45.00', number: '“{label}” must be a whole number, like 10', 'too-low': '“{label}” must be {least} or more', 'too-high': '“{label}” must be {most} or less',
          choose: 'Select yes or no for “{label}”', 'missing-en': 'Enter “{label}” in English', 'missing-cy': 'Enter “{label}” in Welsh', 'too-long': '“{label}” must be {longest, number} characters or fewer',
        },
      },
      results: {
        published: 'Published. It holds everywhere within a few seconds.', discarded: 'The draft was discarded.', 'put-back': 'Put back. It holds everywhere within a few seconds.', 'put-back-asked': 'Kept as a draft. Somebody else than you has to publish it: until then nothing is put back.', 'brought-in': 'The file fits, and is kept as a draft.', typed: 'Kept as a draft. Nothing holds until it is published.', 'by-another': 'You made this draft, so somebody else has to publish it. Nothing was changed.',
        'changed-meanwhile': 'Somebody else has published something since you looked. Nothing was changed. Look again.', 'no-draft': 'It is no draft any more. Nothing was changed.', 'does-not-fit': 'It does not fit what is installed now. Nothing was changed.', 'not-here': 'What it belongs to is not installed any more. Nothing was changed.', 'other-version': 'It belongs to another version. Nothing was changed.',
      },
    },
  },
  cy: {
    desk: {
      area: 'Ffurfweddiad', title: 'Ffurfweddiad',
      introduction: 'Yr hyn y gall eich cyngor ei newid yn ei wasanaethau heb ddatblygwr. Newidiwch ef yma, ewch â rhan ohono i ffwrdd fel ffeil a’i rhoi i gyngor arall, neu dewch â ffeil a roddodd cyngor arall i chi.',
      'bring-in': {
        title: 'Dod â ffurfweddiad cyngor arall i mewn', text: 'Dewiswch y ffeil. Byddwch yn gweld beth fyddai’n newid cyn i ddim newid, ac nid oes dim yn dod i rym nes i rywun ei gyhoeddi.', file: 'Ffeil ffurfweddiad', hint: 'Mae’n gorffen gyda .json.', confirm: 'Gweld beth fyddai’n newid',
        missing: 'Dewiswch y ffeil', 'too-long': 'Mae’r ffeil yn hirach nag unrhyw ffurfweddiad. Dewiswch un arall', 'not-json': 'Nid ffeil ffurfweddiad yw hon. Dewiswch y ffeil fel y cafodd ei hallforio',
      },
      thing: 'Beth', belongs: 'Yn perthyn i', none: 'Ni ellir newid dim yma', 'none-text': 'Nid oes gan unrhyw un o fodiwlau’r cyngor ddim y gellir ei ffurfweddu.',
      export: 'Allforio fel ffeil', back: 'Yn ôl i’r ffurfweddiad', 'back-to-thing': 'Yn ôl i {title}',
      own: 'Wedi’i newid yma', 'own-text': 'Nid yw’r llinellau hyn fel y maent gan y pecyn ac ap y cyngor.', 'own-none': 'Mae popeth fel y mae gan y pecyn ac ap y cyngor.',
      history: 'Hanes', 'history-none': 'Nid oes dim wedi’i newid yma eto.', revision: 'Diwygiad', state: 'Cyflwr', when: 'Pryd', who: 'Pwy', from: 'O ble',
      states: { draft: 'Drafft', published: 'Wedi’i gyhoeddi', discarded: 'Wedi’i daflu', 'in-force': 'Mewn grym', 'in-part': 'Mewn grym yn rhannol' },
      warning: 'Rhybudd', misfit: 'Nid yw diwygiad {revision} yn ffitio’r fersiwn sydd wedi’i gosod nawr. Gadewir allan yr hyn nad yw’n ffitio; mae’r gweddill mewn grym.', 'misfit-then': 'Dewch â ffeil sy’n ffitio’r fersiwn hon i mewn a’i chyhoeddi, neu rhowch yn ôl yr hyn sydd gan y pecyn.',
      'from-council': '{council}, {when}', 'from-package': 'Fel y mae gan y pecyn', 'from-before': 'Diwygiad {revision} wedi’i roi yn ôl', 'from-typed': 'Teipiwyd yma', 'takes-effect': 'mewn grym o {when}',
      'put-back': 'Rhoi diwygiad {revision} yn ôl', 'put-back-package': 'Rhoi’r hyn sydd gan y pecyn yn ôl', look: 'Edrych ar ddiwygiad {revision}',
      'comparison': 'Beth fyddai’n newid', 'comparison-none': 'Dim: mae’r un fath â’r hyn sydd mewn grym nawr.', 'comparison-unreadable': 'Fe’i cadwyd dan fersiwn arall, ac ni all y fersiwn sydd wedi’i gosod ei ddarllen. Ni all neb ei gyhoeddi.', unchanged: '{count, plural, other {Llinellau sy’n aros fel y maent: #}}.',
      'comparison-title': 'Diwygiad {revision}: {title}', line: 'Llinell', before: 'Nawr', after: 'Wedyn', package: 'Pecyn', here: 'Yma', english: 'Saesneg', welsh: 'Cymraeg', nothing: 'dim',
      publish: 'Cyhoeddi', discard: 'Taflu', 'publish-text': 'Bydd preswylwyr a swyddogion yn ei weld ym mhobman ychydig eiliadau ar ôl i chi wasgu. Mae achosion agored yn cadw’r geiriau a’r terfynau amser y cawsant eu hagor gyda nhw.', 'publish-not-yours': 'Rhaid i rywun a gaiff gyhoeddi ffurfweddiad wasgu.', 'publish-another': 'Chi a wnaeth y drafft hwn, felly rhaid i rywun arall ei gyhoeddi.',
      change: {
        begin: 'Ei newid yma', draft: 'Newid y drafft hwn', title: 'Newid {title}', text: 'Teipiwch yr hyn sydd i fod mewn grym. Byddwch yn gweld beth fyddai’n newid cyn i ddim newid, ac nid oes dim yn dod i rym nes iddo gael ei gyhoeddi.',
        placeholders: 'Gadewch yr hyn sydd rhwng (( )) fel y mae: caiff ei lenwi ar gyfer pob person.', confirm: 'Gweld beth fyddai’n newid', between: 'O {least} i {most}', yes: 'Ie', no: 'Na', optional: '(dewisol)', 'optional-text': 'Gadewir allan yr hyn sy’n ddewisol lle mae ei faes yn wag.',
        'nothing-changed': 'Nid ydych wedi newid dim', 'changed-meanwhile': 'Mae rhywun arall wedi cyhoeddi rhywbeth ers i chi ddechrau. Mae’r hyn a deipioch isod. Gwasgwch eto, a byddwch yn gweld beth fyddai’n ei newid nawr',
        mistakes: {
          money: 'Rhaid i “{label}” fod yn swm o arian, fel 45.00', number: 'Rhaid i “{label}” fod yn rhif cyfan, fel 10', 'too-low': 'Rhaid i “{label}” fod yn {least} neu fwy', 'too-high': 'Rhaid i “{label}” fod yn {most} neu lai',
          choose: 'Dewiswch ie neu na ar gyfer “{label}”', 'missing-en': 'Rhowch “{label}” yn Saesneg', 'missing-cy': 'Rhowch “{label}” yn Gymraeg', 'too-long': 'Rhaid i “{label}” fod yn {longest, number} nod neu lai',
        },
      },
      results: {
        published: 'Wedi’i gyhoeddi. Bydd mewn grym ym mhobman o fewn ychydig eiliadau.', discarded: 'Cafodd y drafft ei daflu.', 'put-back': 'Wedi’i roi yn ôl. Bydd mewn grym ym mhobman o fewn ychydig eiliadau.', 'put-back-asked': 'Wedi’i gadw fel drafft. Rhaid i rywun heblaw chi ei gyhoeddi: tan hynny ni roddir dim yn ôl.', 'brought-in': 'Mae’r ffeil yn ffitio, a chaiff ei chadw fel drafft.', typed: 'Wedi’i gadw fel drafft. Nid oes dim yn dod i rym nes iddo gael ei gyhoeddi.', 'by-another': 'Chi a wnaeth y drafft hwn, felly rhaid i rywun arall ei gyhoeddi. Ni newidiwyd dim.',
        'changed-meanwhile': 'Mae rhywun arall wedi cyhoeddi rhywbeth ers i chi edrych. Ni newidiwyd dim. Edrychwch eto.', 'no-draft': 'Nid drafft ydyw mwyach. Ni newidiwyd dim.', 'does-not-fit': 'Nid yw’n ffitio’r hyn sydd wedi’i osod nawr. Ni newidiwyd dim.', 'not-here': 'Nid yw’r hyn y mae’n perthyn iddo wedi’i osod mwyach. Ni newidiwyd dim.', 'other-version': 'Mae’n perthyn i fersiwn arall. Ni newidiwyd dim.',
      },
    },
  },
});
