export { geojsonBoundaries } from './geojson-boundaries.provider';
export type { GeojsonBoundariesOptions } from './options';
