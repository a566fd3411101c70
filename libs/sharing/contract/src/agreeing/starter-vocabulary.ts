import type { AttributeDefinition, Purpose } from './vocabulary';

/** Attributes that most councils share, to begin with. @public */
export const STARTER_ATTRIBUTES: readonly AttributeDefinition[] = [
  { id: 'person.name', title: { en: 'Name', cy: 'Enw' }, yours: { en: 'your name', cy: 'eich enw' }, form: 'text', sensitivity: 'ordinary' },
  { id: 'person.date-of-birth', title: { en: 'Date of birth', cy: 'Dyddiad geni' }, yours: { en: 'your date of birth', cy: 'eich dyddiad geni' }, form: 'date', sensitivity: 'sensitive' },
  { id: 'age.over18', title: { en: 'Is 18 or over', cy: 'Yn 18 oed neu’n hŷn' }, yours: { en: 'whether you are 18 or over', cy: 'a ydych yn 18 oed neu’n hŷn' }, form: 'yes-no', sensitivity: 'ordinary', derivedFrom: ['person.date-of-birth'], derivation: { rule: 'age-at-least', years: 18 } },
  { id: 'address.current', title: { en: 'Current address', cy: 'Cyfeiriad presennol' }, yours: { en: 'your address', cy: 'eich cyfeiriad' }, form: 'address', sensitivity: 'ordinary' },
  { id: 'household.single-adult', title: { en: 'Lives alone', cy: 'Yn byw ar ei ben ei hun' }, yours: { en: 'whether you live alone', cy: 'a ydych yn byw ar eich pen eich hun' }, form: 'yes-no', sensitivity: 'sensitive' },
  { id: 'council-tax-reduction.receives', title: { en: 'Gets Council Tax Reduction', cy: 'Yn cael Gostyngiad y Dreth Gyngor' }, yours: { en: 'whether you get Council Tax Reduction', cy: 'a ydych yn cael Gostyngiad y Dreth Gyngor' }, form: 'yes-no', sensitivity: 'sensitive' },
  { id: 'care.receives', title: { en: 'Gets care at home', cy: 'Yn cael gofal gartref' }, yours: { en: 'whether you get care at home', cy: 'a ydych yn cael gofal gartref' }, form: 'yes-no', sensitivity: 'special-category' },
];

/** What most councils share for, to begin with. @public */
export const STARTER_PURPOSES: readonly Purpose[] = [
  { id: 'garden-waste-concession', to: { en: 'decide what you pay for garden waste', cy: 'penderfynu beth rydych yn ei dalu am wastraff gardd' }, dpv: 'https://w3id.org/dpv#PublicBenefit' },
  { id: 'council-tax-reduction', to: { en: 'decide a Council Tax Reduction', cy: 'penderfynu ar Ostyngiad y Dreth Gyngor' }, dpv: 'https://w3id.org/dpv#PublicBenefit' },
  { id: 'assisted-collection', to: { en: 'decide whether your bins are fetched from your door', cy: 'penderfynu a gesglir eich biniau o’ch drws' }, dpv: 'https://w3id.org/dpv#PublicBenefit' },
  { id: 'change-of-address', to: { en: 'change your address everywhere at once', cy: 'newid eich cyfeiriad ym mhobman ar unwaith' }, dpv: 'https://w3id.org/dpv#RecordManagement' },
];
