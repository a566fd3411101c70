import path from 'node:path';
import { SERVICE_CATEGORIES, defineService, pounds, servicePack } from '@guildhall/services-contract';
import { plotWanted } from './case-type';

/**
 * A plot for a year: how large, where, and the rules of the site.
 * @public
 */
export const allotmentPlotsService = defineService({
  slug: 'allotment-plots',
  version: 1,
  title: { en: 'Rent an allotment plot', cy: 'Rhentu llain rhandir' },
  summary: { en: 'Rent a plot for a year, to grow food and flowers.', cy: 'Rhentwch lain am flwyddyn, i dyfu bwyd a blodau.' },
  category: SERVICE_CATEGORIES.parksAndLeisure,
  keywords: { en: ['allotment', 'plot', 'grow vegetables', 'garden'], cy: ['rhandir', 'llain', 'tyfu llysiau', 'gardd'] },
  audience: { signIn: 'required' },
  start: {
    who: { en: 'For people who live in our area.', cy: 'I bobl sy’n byw yn ein hardal.' },
    minutes: 3,
    need: [{ en: 'a way to pay the first year’s rent', cy: 'ffordd o dalu rhent y flwyddyn gyntaf' }],
    cost: { en: 'A half plot is ((halfPlot)) a year and a whole plot ((wholePlot)).', cy: 'Mae hanner llain yn ((halfPlot)) y flwyddyn a llain gyfan yn ((wholePlot)).' },
  },
  settings: {
    halfPlot: { type: 'money', title: 'A year’s rent of a half plot', default: pounds(32), atMost: pounds(1000) },
    wholePlot: { type: 'money', title: 'A year’s rent of a whole plot', default: pounds(54), atMost: pounds(1000) },
    ledgerCode: { type: 'code', title: 'Ledger code of the rent', default: 'AL-0000' },
  },
  pages: [
    {
      slug: 'size',
      questions: [{
        id: 'size', type: 'radios',
        title: { en: 'How large a plot do you want?', cy: 'Pa mor fawr yw’r llain rydych ei heisiau?' },
        options: [
          { value: 'half', title: { en: 'A half plot', cy: 'Hanner llain' }, hint: { en: 'About 125 square metres: ((halfPlot)) a year', cy: 'Tua 125 metr sgwâr: ((halfPlot)) y flwyddyn' } },
          { value: 'whole', title: { en: 'A whole plot', cy: 'Llain gyfan' }, hint: { en: 'About 250 square metres: ((wholePlot)) a year', cy: 'Tua 250 metr sgwâr: ((wholePlot)) y flwyddyn' } },
        ],
        missing: { en: 'Select how large a plot you want', cy: 'Dewiswch pa mor fawr yw’r llain rydych ei heisiau' },
      }],
    },
    {
      slug: 'site',
      questions: [{
        id: 'site', type: 'text', maxLength: 100, optional: true,
        title: { en: 'Is there a site that you would like best?', cy: 'A oes safle y byddai’n well gennych?' },
        hint: { en: 'Leave it empty if any will do.', cy: 'Gadewch ef yn wag os bydd unrhyw un yn gwneud y tro.' },
      }],
    },
  ],
  declaration: {
    id: 'rules', type: 'declaration',
    title: { en: 'The rules of our sites', cy: 'Rheolau ein safleoedd' },
    statements: [
      { en: 'I will grow things on at least half of the plot.', cy: 'Byddaf yn tyfu pethau ar o leiaf hanner y llain.' },
      { en: 'I will light no fires between April and September.', cy: 'Ni fyddaf yn cynnau tân rhwng Ebrill a Medi.' },
    ],
    confirm: { en: 'I agree to these rules', cy: 'Rwy’n cytuno i’r rheolau hyn' },
  },
  // The letting of land is exempt from VAT.
  fee: ({ answers, settings }) => [{
    code: answers.size === 'half' ? 'half-plot' : 'whole-plot', ledgerCode: settings.ledgerCode, vatRate: 'exempt',
    title: answers.size === 'half' ? { en: 'Half plot, one year', cy: 'Hanner llain, un flwyddyn' } : { en: 'Whole plot, one year', cy: 'Llain gyfan, un flwyddyn' },
    amountInPence: answers.size === 'half' ? settings.halfPlot : settings.wholePlot,
  }],
  opens: {
    types: [plotWanted],
    // Read by everybody who may see the case: what was typed about the site is not in it.
    summary: ({ answers }) => (answers.size === 'half' ? { en: 'Allotment: half plot', cy: 'Rhandir: hanner llain' } : { en: 'Allotment: whole plot', cy: 'Rhandir: llain gyfan' }),
  },
  confirmation: { next: [
    { en: 'We look for a plot and write to you within 15 working days.', cy: 'Byddwn yn chwilio am lain ac yn ysgrifennu atoch o fewn 15 diwrnod gwaith.' },
    { en: 'If there is none, or you do not want it, we pay your rent back.', cy: 'Os nad oes un, neu os nad ydych ei heisiau, byddwn yn ad-dalu eich rhent.' },
  ] },
  privacy: {
    data: { en: 'Your name, how we reach you, the plot that you want and what you paid.', cy: 'Eich enw, sut i gysylltu â chi, y llain rydych ei heisiau a’r hyn a dalwyd gennych.' },
    lawfulBasis: { en: 'A contract with you (UK GDPR, article 6(1)(b)).', cy: 'Contract gyda chi (GDPR y DU, erthygl 6(1)(b)).' },
    keptFor: { en: 'Seven years after you have a plot or have decided against one, because payments must be kept for the accounts.', cy: 'Saith mlynedd ar ôl i chi gael llain neu benderfynu peidio, am fod rhaid cadw taliadau ar gyfer y cyfrifon.' },
  },
});

/**
 * The service in a council's configuration.
 * @public
 * @example allotmentPlots({ halfPlot: 2800, wholePlot: 4900, ledgerCode: 'AL-2210' })
 */
export const allotmentPlots = servicePack(allotmentPlotsService, { version: '0.1.0', packageFolder: path.join(__dirname, '..') });
