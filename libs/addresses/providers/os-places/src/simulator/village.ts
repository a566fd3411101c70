import type { Text } from '@guildhall/kernel-contract';
import type { SimulatedPlace } from './place';

/** Out at sea, where the National Grid still reaches and nobody lives. */
const CENTRE = { latitude: 53.3, longitude: 2.1 };
const TOWN: Text = { en: 'Seamark', cy: 'Nod-y-Môr' };
const HIGH_STREET: Text = { en: 'High Street', cy: 'Stryd Fawr' };
const MILL_LANE: Text = { en: 'Mill Lane', cy: 'Lôn y Felin' };
const ST_DAVIDS: Text = { en: 'St David’s Road', cy: 'Heol Dewi' };
const COURT: Text = { en: 'Heron Court', cy: 'Llys y Crëyr' };

const STREETS = [
  { usrn: '99100001', name: HIGH_STREET, north: 0, east: 0.001, homes: 48, postcodes: ['ZZ99 7AA', 'ZZ99 7AB'] },
  { usrn: '99100002', name: MILL_LANE, north: 0.003, east: 0.0008, homes: 16, postcodes: ['ZZ99 7AD'] },
  { usrn: '99100003', name: ST_DAVIDS, north: -0.003, east: 0.0006, homes: 16, postcodes: ['ZZ99 7AE'] },
] as const;

/** Seven decimals, as the service gives them. */
function at(north: number, east: number): SimulatedPlace['point'] {
  return { latitude: Math.round((CENTRE.latitude + north) * 1e7) / 1e7, longitude: Math.round((CENTRE.longitude + east) * 1e7) / 1e7 };
}

/**
 * Seamark, a village that does not exist, in both languages: three streets of houses, a block of 130 flats with one postcode, a shop, a church,
 * a park without a letterbox, and what a gazetteer also holds: street records, the shell of the block, a house that was pulled down, one that is planned.
 * @public
 */
export const seamark: readonly SimulatedPlace[] = [
  ...STREETS.flatMap((street, place): SimulatedPlace[] => [
    { uprn: `99000700000${place + 1}`, usrn: street.usrn, street: street.name, town: TOWN, postcode: '', point: at(street.north, (street.east * street.homes) / 2), classification: 'PS', status: '1', isDeliveredTo: false },
    ...Array.from({ length: street.homes }, (_, index): SimulatedPlace => ({
      uprn: String(990_007_001_000 + place * 1_000 + index), usrn: street.usrn, number: String(index + 1), street: street.name, town: TOWN,
      postcode: street.postcodes[Math.floor((index * street.postcodes.length) / street.homes)] as string,
      point: at(street.north + (index % 2 ? 0.00012 : -0.00012), street.east * (index + 1)), classification: 'RD04', status: '1', isDeliveredTo: true,
    })),
  ]),
  { uprn: '990007005000', usrn: '99100002', building: COURT, street: MILL_LANE, town: TOWN, postcode: 'ZZ99 7AF', point: at(0.0034, 0.02), classification: 'PP', status: '1', isDeliveredTo: false },
  ...Array.from({ length: 130 }, (_, index): SimulatedPlace => ({
    uprn: String(990_007_005_001 + index), usrn: '99100002', inside: { en: `Flat ${index + 1}`, cy: `Fflat ${index + 1}` }, building: COURT, street: MILL_LANE, town: TOWN,
    postcode: 'ZZ99 7AF', point: at(0.0034, 0.02), classification: 'RD06', status: '1', isDeliveredTo: true,
  })),
  { uprn: '990007006001', usrn: '99100001', organisation: 'O’Example & Daughters', number: '1-3', street: HIGH_STREET, town: TOWN, postcode: 'ZZ99 7AG', point: at(0.0005, 0.0003), classification: 'CR08', status: '1', isDeliveredTo: true },
  { uprn: '990007006002', usrn: '99100001', number: '12A', street: HIGH_STREET, town: TOWN, postcode: 'ZZ99 7AA', point: at(0.0002, 0.0122), classification: 'RD02', status: '1', isDeliveredTo: true },
  { uprn: '990007006003', usrn: '99100003', building: { en: 'St David’s Church', cy: 'Eglwys Dewi Sant' }, street: ST_DAVIDS, town: TOWN, postcode: 'ZZ99 7AE', point: at(-0.0034, 0.004), classification: 'ZW99', status: '1', isDeliveredTo: false },
  { uprn: '990007006004', usrn: '99100003', building: { en: 'Seamark Park', cy: 'Parc Nod-y-Môr' }, street: ST_DAVIDS, town: TOWN, postcode: '', point: at(-0.0038, 0.006), classification: 'LP01', status: '1', isDeliveredTo: false },
  { uprn: '990007006005', usrn: '99100003', number: '90', street: ST_DAVIDS, town: TOWN, postcode: 'ZZ99 7AE', point: at(-0.003, 0.0104), classification: 'RD04', status: '8', isDeliveredTo: false },
  { uprn: '990007006006', usrn: '99100003', number: '92', street: ST_DAVIDS, town: TOWN, postcode: 'ZZ99 7AE', point: at(-0.003, 0.0106), classification: 'RD04', status: '6', isDeliveredTo: false },
];
