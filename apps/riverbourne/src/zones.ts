import { geojsonZones } from '@guildhall/addresses-provider-geojson-boundaries';
import { riverbourneGardenWasteRounds } from '@guildhall/addresses-provider-local-gazetteer';

/** By which round a home's garden waste is collected. All are invented. */
export const zones = geojsonZones([{
  kind: 'garden-waste-round', title: { en: 'Garden waste round', cy: 'Rownd gwastraff gardd' }, file: riverbourneGardenWasteRounds, properties: { code: 'code', name: 'name', nameInWelsh: 'nameInWelsh' },
}]);
