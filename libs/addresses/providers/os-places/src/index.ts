export { osPlaces } from './os-places';
export type { OsPlacesOptions } from './options';
