import type { PackageFiles } from '@guildhall/catalogue-contract';
import type { Text } from '@guildhall/kernel-contract';
import { examplePicture } from './example-picture';

/** An invented release: what its package holds, by whom, when, and what it says of its changes. */
export interface ExampleRelease { readonly publisher: string; readonly name: string; readonly version: string; readonly publishedAt: string; readonly changes?: string; readonly files: PackageFiles }

interface Words { readonly publisher: string; readonly name: string; readonly description: string; readonly manifest: Readonly<Record<string, unknown>>; readonly readme: string; readonly keywords?: readonly string[]; readonly licence?: string; readonly kits?: readonly object[]; readonly pictures?: readonly { readonly file: string; readonly text: Text; readonly bytes: Uint8Array }[]; /** Of its publiccode.yml: who looks after it, and a licence that is another than package.json’s; false of one that brings none. */ readonly publiccode?: false | { readonly maintenance?: string; readonly licence?: string } }

const bytes = (text: string): Uint8Array => Buffer.from(text);

function release({ publisher, name, description, manifest, readme, keywords = [], licence = 'MIT', kits = [], pictures = [], publiccode = {} }: Words, version: string, publishedAt: string, changes?: string): ExampleRelease {
  const reports = kits.map((kit, at) => [`conformance-${at + 1}.json`, kit] as const);
  const json = { name, version, description, license: licence, keywords, engines: { node: '>=20.19' }, repository: { url: `https://code.${publisher}.example/${name.split('/')[1]}` }, main: './dist/index.js', guildhall: { ...manifest, ...(reports.length && { conformance: reports.map(([file]) => `./${file}`) }), ...(pictures.length && { screenshots: pictures.map(({ file, text }) => ({ file, text })) }) } };
  const yaml = publiccode && `publiccodeYmlVersion: "0.4"\nname: ${name.split('/')[1]}\nurl: https://code.${publisher}.example/${name.split('/')[1]}\nsoftwareVersion: ${version}\nlegal:\n  license: ${publiccode.licence ?? licence}\nmaintenance:\n${publiccode.maintenance ?? '  type: internal\n'}localisation:\n  availableLanguages: [en, cy]\n`;
  return {
    publisher, name, version, publishedAt, ...(changes !== undefined && { changes }),
    files: new Map([['package.json', bytes(JSON.stringify(json, undefined, 2))], ['README.md', bytes(readme)], ...(yaml ? [['publiccode.yml', bytes(yaml)] as const] : []), ['dist/index.js', bytes(`'use strict';\n// ${name} ${version}\n`)], ...reports.map(([file, kit]) => [file, bytes(JSON.stringify(kit))] as const), ...pictures.map((one) => [one.file, one.bytes] as const)]),
  };
}

const parking: Words = {
  publisher: 'westmarch', name: '@westmarch/parking-permits', description: 'Permits for residents and their visitors, by zone, with a virtual permit for each vehicle.', keywords: ['parking', 'permits', 'zones'],
  manifest: {
    kind: 'module', id: 'parking-permits', owner: 'Westmarch Digital Partnership', maturity: 'beta', provides: { 'parking-permits': '1.1.0' }, requires: { payments: '^0.1.0', cases: '^0.1.0' }, uses: { notifications: '^0.1.0', addresses: '^0.1.0' },
    events: ['parking-permits.permit-ended'], permissions: ['parking-permits.see-permits', 'parking-permits.end-permits', 'parking-permits.set-prices'], languages: ['en', 'cy'],
    personalData: [{ data: 'Name, address and vehicle registration of whoever holds a permit', purpose: 'Knowing which vehicle may stand in which zone', retention: 'A year after the permit has ended' }],
  },
  readme: '# Parking permits\n\nResidents buy a permit for their zone in four questions. Visitors’ permits are bought by the day.\n\n## What you need\n\n- zones, as GeoJSON\n- prices for each zone and kind of permit\n\n| Kind | For |\n|---|---|\n| Resident | a year |\n| Visitor | a day |\n\n```ts\nmodules: [parkingPermits({ zones: \'zones.geojson\' })]\n```\n\nMore in [our guide](https://westmarch.example/parking).\n',
  pictures: [{ file: 'screenshots/zone.png', text: { en: 'The question for which zone somebody wants a permit, with one button below it.', cy: 'Y cwestiwn ar gyfer pa barth y mae ar rywun eisiau trwydded, gydag un botwm oddi tano.' }, bytes: examplePicture(1440, 900, [29, 94, 94]) }, { file: 'screenshots/zone-phone.png', text: { en: 'The same question on a telephone.', cy: 'Yr un cwestiwn ar ffôn.' }, bytes: examplePicture(320, 640, [29, 94, 94]) }],
  publiccode: { maintenance: '  type: contract\n  contractors:\n    - name: Heron and Pike\n      until: 2027-03-31\n      website: https://heron-and-pike.example\n  contacts:\n    - name: The parking team\n      email: parking@westmarch.example\n      affiliation: Westmarch Digital Partnership\nlandingURL: https://westmarch.example/parking\ncategories: [it-service-management, mobility]\n' },
  kits: [{ kit: 'permits-kit', contract: 'parking-permits', version: '1.1.0', implementation: '@westmarch/parking-permits', results: [{ id: 'PRK-001', title: 'A permit ends on its last day', result: 'passed' }, { id: 'PRK-002', title: 'The same payment never buys two permits', result: 'passed' }, { id: 'PRK-003', title: 'A zone that is split keeps its permits', result: 'passed' }, { id: 'PRK-004', title: 'Permits of several councils stay apart', result: 'not-applicable', detail: 'It is installed for one council at a time.' }] }],
};
const post: Words = {
  publisher: 'heron-and-pike', name: '@heron-pike/pay-by-post', description: 'Takes payments by cheque: prints a slip, and matches what the bank tells in the evening.', keywords: ['payments', 'cheque'], licence: 'Apache-2.0',
  manifest: { kind: 'provider', id: 'pay-by-post', owner: 'Heron and Pike', maturity: 'alpha', provides: { 'payments.payment-provider': '0.1.0' }, languages: ['en'], personalData: [{ data: 'Name on the cheque', purpose: 'Matching it with what was to be paid', retention: 'Until it is matched' }] },
  publiccode: { licence: 'MIT' },
  readme: '# Pay by post\n\nFor people who write cheques. Two of us look after it.\n',
  kits: [{ kit: 'payment-provider-kit', contract: 'payments', version: '0.1.0', implementation: '@heron-pike/pay-by-post', results: [{ id: 'PAP-001', title: 'A payment that was begun can be found again', result: 'passed' }, { id: 'PAP-007', title: 'A refund is not more than was paid', result: 'failed', detail: 'A refund of £10.01 for £10.00 was taken.' }, { id: 'PAP-008', title: 'The same key never refunds twice', result: 'passed' }] }],
};
const plots: Words = {
  publisher: 'heron-and-pike', name: '@heron-pike/allotment-plots', description: 'Waiting list, offers and rent of allotments.', keywords: ['allotments', 'waiting list'],
  manifest: { kind: 'service-pack', id: 'allotment-plots', owner: 'Heron and Pike', maturity: 'stable', requires: { services: '^0.1.0', cases: '^0.1.0', payments: '^0.1.0' }, languages: ['en', 'cy'], personalData: [{ data: 'Name, address and place on the waiting list', purpose: 'Offering a plot to whoever has waited longest', retention: 'Two years after the plot was given up' }] },
  readme: '# Allotment plots\n\nPeople see their place on the list, and answer an offer on their telephone.\n',
};
const oldAllotments: Words = { ...plots, publisher: 'westmarch', name: '@westmarch/garden-plots', description: 'Waiting list of allotments, as Westmarch kept it first.', manifest: { ...plots.manifest, id: 'garden-plots', owner: 'Westmarch Digital Partnership', maturity: 'beta' } };
const binDay: Words = {
  publisher: 'skelder-systems', name: '@skelder/bin-day', description: 'Collection days by address, with reminders.', keywords: ['waste', 'bins'], licence: 'EUPL-1.2',
  manifest: { kind: 'module', id: 'bin-day', owner: 'Skelder Systems', maturity: 'stable', provides: { 'bin-day': '3.0.0' }, requires: { addresses: '^2.0.0' }, permissions: ['bin-day.change-rounds'], languages: ['en'], personalData: [] }, readme: '# Bin day\n', publiccode: false,
};

/** Another region's packages, a two-person firm's and a large supplier's: early, stable, failing, deprecated and withdrawn. */
export const EXAMPLE_RELEASES: readonly ExampleRelease[] = [
  release(parking, '1.0.0', '2026-03-02T09:00:00.000Z'), release(parking, '1.1.0', '2026-06-15T09:00:00.000Z', 'Visitors’ permits by the day.\nA permit is no longer ended twice when two officers press at once.'),
  release({ ...parking, manifest: { ...parking.manifest, permissions: ['parking-permits.see-permits', 'parking-permits.end-permits', 'parking-permits.set-prices', 'parking-permits.export-permits'] } }, '1.2.0', '2026-10-05T09:00:00.000Z', 'Officers can export permits.\nNothing has to be done.'),
  release(post, '0.2.0', '2026-09-01T09:00:00.000Z'), release(plots, '2.0.0', '2026-08-11T09:00:00.000Z', 'Offers are answered by text message.'), release(oldAllotments, '0.9.0', '2026-02-16T09:00:00.000Z'), release(binDay, '3.0.0', '2026-05-04T09:00:00.000Z'), release(binDay, '3.1.0', '2026-07-20T09:00:00.000Z', 'Reminders in the evening.'),
];
