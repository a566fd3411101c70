import { generated, type Generator } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, stepsOf, type PackageOptions } from './house';
import { camel, problemsOfName, quoted, words } from './naming';
import { packageFiles, withRunner } from './package-files';
import { filled } from './template';

/** @public */
export interface ServicePackOptions extends PackageOptions {
  /** `allotment-swap` */
  readonly name: string;
  /** What it is called; made of the name unless told. */
  readonly title?: { readonly en: string; readonly cy: string };
  /** In pounds, with or without pence; none unless told. */
  readonly fee?: number;
}

const MONTHS_OF_PAID = 84;

/** A service as a package: two questions, a fee or none, a case type with its retention, and the tests that every service must pass. @public */
export const servicePack: Generator<ServicePackOptions> = (options, world) => generated(world, problemsOf(options), () => {
  const { name, fee } = options;
  const house = houseOf(world, options);
  const folder = house.isGuildhall ? `libs/service-packs/${name}` : folderOutside(world, name);
  const title = options.title ?? { en: words(name), cy: words(name) };
  return {
    files: {
      ...packageFiles(house, {
        name, folder, description: { en: `${title.en}: a service with its questions, words and case type`, cy: `${title.cy}: gwasanaeth gyda’i gwestiynau, ei eiriau a’i fath o achos` }, layer: 'service-pack', capability: 'services', dependencies: ['@guildhall/cases-contract', '@guildhall/services-contract'], devDependencies: ['@guildhall/kernel-contract'],
        guildhall: {
          kind: 'service-pack', id: name, requires: { services: '^0.1.0' },
          personalData: [{ data: `what somebody needs${fee === undefined ? '' : ' and what was paid'}`, purpose: 'doing what was asked for', retention: fee === undefined ? 'a year after it is done' : 'seven years after it is done' }], languages: ['en', 'cy'],
        },
      }),
      ...withRunner(house, filled('service-pack', {
        name, camel: camel(name), titleEn: quoted(title.en), titleCy: quoted(title.cy), team: 'customer-services', category: 'parksAndLeisure', keyword: name.replaceAll('-', ' '), ...(fee === undefined ? withoutFee : withFee(Math.round(fee * 100))),
      }, folder)),
    },
    changes: madeKnown(world, house, folder),
    nextSteps: [
      ...stepsOf(house),
      `Put the service's own questions and words into ${folder}/src/${name}.ts, and what happens afterwards into ${folder}/src/case-type.ts.`,
      ...(options.title === undefined ? ['Its Welsh title is still the English one: have it translated.'] : []),
      `Use it in a council's configuration: modules: [ … ${camel(name)}() ].`,
    ],
  };
});

const withoutFee = {
  months: '12', because: `{ en: 'Somebody may ask again within a year.', cy: 'Efallai y bydd rhywun yn gofyn eto o fewn blwyddyn.' }`, refunds: '', signIn: 'offered', poundsImport: '', cost: '', settings: '', fee: '', feeImports: '', feeTest: '', andPaidEn: '', andPaidCy: '',
  keptFor: `{ en: 'A year after it is done.', cy: 'Blwyddyn ar ôl iddo gael ei wneud.' }`,
};

function withFee(pence: number): typeof withoutFee {
  const amount = pence % 100 === 0 ? String(pence / 100) : (pence / 100).toFixed(2);
  return {
    months: String(MONTHS_OF_PAID), because: `{ en: 'Payments are kept for six years after the financial year in which they were made.', cy: 'Cedwir taliadau am chwe blynedd ar ôl y flwyddyn ariannol y’u gwnaed ynddi.' }`,
    refunds: ` refunds: 'in-full',`, signIn: 'required', poundsImport: 'pounds, ',
    cost: `\n    need: [{ en: 'a bank card to pay with', cy: 'cerdyn banc i dalu ag ef' }],\n    cost: { en: 'It costs ((fee)).', cy: 'Mae’n costio ((fee)).' },`,
    settings: `\n    fee: { type: 'money', title: { en: 'Fee', cy: 'Ffi' }, default: pounds(${amount}), atMost: pounds(5000) },\n    ledgerCode: { type: 'code', title: { en: 'Ledger code', cy: 'Cod cyfriflyfr' }, default: 'XX-0000' },\n  `,
    fee: `\n  fee: ({ settings }) => [{ code: 'fee', ledgerCode: settings.ledgerCode, vatRate: 'outside-the-scope', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: settings.fee }],`,
    feeImports: 'feeOf, ', feeTest: `
  it('costs what the council has set', () => {
    const costs = (settings?: Parameters<typeof service>[0]): readonly number[] => { const installed = service(settings); return feeOf(installed, progressOf(installed, answers, TODAY)).map(({ amountInPence }) => amountInPence); };
    assert.deepEqual([costs(), costs({ fee: 1250 })], [[${pence}], [1250]]);
  });`,
    andPaidEn: ' and what you paid', andPaidCy: ' a’r hyn a dalwyd gennych', keptFor: `{ en: 'Seven years after it is done, because payments must be kept for the accounts.', cy: 'Saith mlynedd ar ôl iddo gael ei wneud, am fod rhaid cadw taliadau ar gyfer y cyfrifon.' }`,
  };
}

function problemsOf(options: ServicePackOptions): readonly string[] {
  const { title, fee } = options;
  return [
    ...problemsOfName('The name of the service', options.name), ...problemsOfHouse(options),
    ...(title === undefined || (title.en.trim() !== '' && title.cy.trim() !== '') ? [] : ['The title has words in English and in Welsh.']),
    ...(fee === undefined || (Number.isFinite(fee) && fee > 0 && fee <= 5000) ? [] : [`The fee is ${String(fee)}: it is an amount in pounds, more than 0 and at most 5000, like 12.50. Leave it out for a service that costs nothing.`]),
  ];
}
