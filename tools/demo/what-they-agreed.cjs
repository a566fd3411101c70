'use strict';
// What the three bodies of the demonstration have agreed, and what each holds to be right.
const { STARTER_ATTRIBUTES, STARTER_PURPOSES, agreementSentence } = require('@guildhall/sharing-contract');

const VOCABULARY = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES };
const [RIVERBOURNE, COUNTY, TRUST] = ['riverbourne', 'aldermoor-county', 'aldermoor-care-trust'];

/** The care trust's own rules. On one point they are stricter than what the councils would like. */
const TRUSTS_GUIDELINE = {
  id: 'care-and-trust', version: 1, by: TRUST, title: { en: 'How we share what we know of those we care for', cy: 'Sut rydym yn rhannu’r hyn a wyddom am y rhai yr ydym yn gofalu amdanynt' },
  rules: [
    { id: 'care-needs-a-yes', check: 'choice', atLeast: 'opt-in', of: 'special-category', sentence: { en: 'We say that somebody has care only with their yes', cy: 'Dim ond gyda’u caniatâd y dywedwn fod rhywun yn cael gofal' } },
    { id: 'three-months', check: 'kept-no-longer-than', period: 'P3M', sentence: { en: 'Nobody keeps for more than three months what we tell', cy: 'Nid oes neb yn cadw’r hyn a ddywedwn am fwy na thri mis' } },
    { id: 'assessed-first', check: 'dpia', sentence: { en: 'We look at the risks for people before we share', cy: 'Rydym yn edrych ar y peryglon i bobl cyn inni rannu' } },
  ],
};

/** @param bodies the three by their ids, as each publishes itself */
function agreements(bodies) {
  const year = new Date().getFullYear();
  const common = {
    version: 1, from: `${year}-01-01`, review: `${year}-12-31`, until: `${year + 1}-12-31`, lawfulBasis: 'public-task', special: null, retention: 'P1Y', dpia: { ref: `DPIA-${year}-14`, date: `${year}-01-01` }, children: null, automatedDecision: null,
    channels: [{ network: 'internet', device: 'server' }, { network: 'internet', device: 'managed' }],
    assurance: [{ on: 'deployment', standard: 'ncsc-csp', principles: ['1', '2', '9', '10'], by: 'third-party', within: 'P400D' }], guidelines: [], processors: [], areas: [{ code: 'E07000999', name: 'Riverbourne' }],
  };
  const choice = (en, cy) => ({ mode: 'opt-in', withoutIt: { en, cy }, onWithdrawal: 'stop-using', keptBecause: null });
  const whole = (fields) => {
    const words = { ...VOCABULARY, bodies: Object.fromEntries([...fields.holders, ...fields.receivers].map((id) => [id, bodies[id].name])) };
    const made = { ...common, ...fields, contacts: Object.fromEntries([...fields.holders, ...fields.receivers].map((id) => [id, `data@${id}.example`])) };
    return { ...made, sentence: agreementSentence(made, words) };
  };
  const care = {
    id: 'assisted-collection', name: { en: 'Bins fetched from your door', cy: 'Casglu biniau o’ch drws' }, holders: [TRUST], receivers: [RIVERBOURNE], purpose: 'assisted-collection',
    benefit: { en: 'No letter from your nurse or doctor', cy: 'Dim llythyr gan eich nyrs na’ch meddyg' }, power: { ref: 'Care Act 2014, section 6' }, special: { condition: 'health-or-social-care', ref: 'Data Protection Act 2018, Schedule 1, paragraph 2' },
    attributes: ['care.receives'], choice: choice('You can send a letter instead', 'Gallwch anfon llythyr yn lle hynny'),
  };
  return {
    inForce: [
      whole({
        id: 'garden-waste-concession', name: { en: 'Concessions for garden waste', cy: 'Consesiynau ar gyfer gwastraff gardd' }, holders: [COUNTY], receivers: [RIVERBOURNE], purpose: 'garden-waste-concession',
        benefit: { en: 'No proof to upload, and decided now', cy: 'Dim prawf i’w lanlwytho, a phenderfyniad nawr' }, power: { ref: 'Localism Act 2011, section 1' },
        attributes: ['address.current', 'council-tax-reduction.receives'], choice: choice('You can type your address, and send a letter', 'Gallwch deipio’ch cyfeiriad, ac anfon llythyr'),
      }),
      whole({
        id: 'change-of-address', name: { en: 'A change of address, told once', cy: 'Newid cyfeiriad, wedi’i ddweud unwaith' }, holders: [RIVERBOURNE], receivers: [COUNTY], purpose: 'change-of-address',
        benefit: { en: 'One change reaches both councils', cy: 'Mae un newid yn cyrraedd y ddau gyngor' }, power: { ref: 'Localism Act 2011, section 1' },
        attributes: ['address.current'], choice: choice('You can tell each council yourself', 'Gallwch ddweud wrth bob cyngor eich hun'),
      }),
      whole({ ...care, retention: 'P3M' }),
    ],
    /** Riverbourne would rather keep it for a year: its officers see what the trust has against it. */
    draft: whole({ ...care, version: 2 }),
  };
}

module.exports = { RIVERBOURNE, COUNTY, TRUST, VOCABULARY, TRUSTS_GUIDELINE, agreements };
