export { geojsonBoundaries } from './geojson-boundaries.provider';
export { geojsonZones } from './geojson-zones.provider';
export type { GeojsonBoundariesOptions, GeojsonZoneKind } from './options';
