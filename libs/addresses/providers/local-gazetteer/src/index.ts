export { localGazetteer } from './local-gazetteer.provider';
export type { LocalGazetteerOptions } from './local-gazetteer.provider';
export { glanafon, riverbourne, riverbourneGardenWasteRounds } from './dataset';
export type { GazetteerDataset } from './dataset';
export type { GazetteerProperty } from './gazetteer';
