import type { Text } from '@guildhall/kernel-contract';

/** Who speaks for each ward. All are invented. */
export const councillors = [
  { name: 'Ivy Marchbank', ward: 'E05099901', email: 'ivy.marchbank@riverbourne.example' },
  { name: 'Desmond Achebe-Lowe', ward: 'E05099902', email: 'desmond.achebe-lowe@riverbourne.example' },
  { name: 'Philippa Thorncroft', ward: 'E05099903', email: 'philippa.thorncroft@riverbourne.example' },
  { name: 'Ravi Sondhi', ward: 'E05099904', email: 'ravi.sondhi@riverbourne.example' },
  { name: 'Marguerite Quayle', ward: 'E05099905', email: 'marguerite.quayle@riverbourne.example' },
  { name: 'Oswin Harker', ward: 'E05099906', email: 'oswin.harker@riverbourne.example' },
  { name: 'Lorna Featherby', ward: 'E05099907', email: 'lorna.featherby@riverbourne.example' },
  { name: 'Cedric Ombersley', ward: 'E05099908', email: 'cedric.ombersley@riverbourne.example' },
] as const;

const us: Text = { en: 'Riverbourne Borough Council', cy: 'Cyngor Bwrdeistref Riverbourne' };
const county: Text = { en: 'Aldermoor County Council', cy: 'Cyngor Sir Aldermoor' };

/** Who does what: a district has a county beside it. */
export const responsibilities = [
  { what: { en: 'Bins and recycling', cy: 'Biniau ac ailgylchu' }, who: us },
  { what: { en: 'Council Tax', cy: 'Y Dreth Gyngor' }, who: us },
  { what: { en: 'Planning', cy: 'Cynllunio' }, who: us },
  { what: { en: 'Schools', cy: 'Ysgolion' }, who: county },
  { what: { en: 'Social care', cy: 'Gofal cymdeithasol' }, who: county },
] as const;
