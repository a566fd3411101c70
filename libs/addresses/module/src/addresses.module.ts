import path from 'node:path';
import { Module } from '@nestjs/common';
import { SilentFarEnds, defineModule, does, every, implement } from '@guildhall/kernel';
import { CONNECTION, register } from '@guildhall/kernel-contract';
import { ADDRESSES, LOOK_UP_ADDRESSES } from '@guildhall/addresses-contract';
import { AddressesSettings } from './addresses-settings';
import { AddressesService } from './addresses.service';
import { OpenUprnConnection } from './checking/open-uprn-connection';
import { DescribeMap } from './drawing/describe-map';
import { FindStreets } from './drawing/find-streets';
import { MapForPage } from './drawing/map-for-page';
import { MapPictures } from './drawing/map-pictures';
import { AbleProviders } from './finding/able-providers';
import { FindAreas } from './finding/find-areas';
import { FindPlaces } from './finding/find-places';
import { SearchAddresses } from './finding/search-addresses';
import { AddressesApiController } from './http/addresses-api.controller';
import { MapController } from './http/map.controller';
import { ImportOpenUprn, ImportsOpenUprn } from './importing/import-open-uprn';
import { UprnPoints } from './importing/uprn-points';
import { addresses001 } from './migrations/001-open-uprn';
import type { AddressesOptions } from './options';
import { addressesTexts } from './texts';

@Module({
  controllers: [AddressesApiController, MapController],
  providers: [AddressesService, SilentFarEnds, AbleProviders, SearchAddresses, FindPlaces, FindAreas, FindStreets, DescribeMap, MapForPage, MapPictures, UprnPoints, ImportsOpenUprn, OpenUprnConnection, { provide: AddressesSettings, useFactory: () => AddressesSettings.reading(addresses) }],
})
class AddressesModule {}

/**
 * Addresses, streets, areas and maps, from the sources that the council names.
 * @public
 * @example modules: [addresses({ providers: [localGazetteer({ dataset: riverbourne })] })]
 */
export const addresses = defineModule<AddressesOptions>({
  id: 'addresses',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: AddressesModule,
  provides: [implement(ADDRESSES, AddressesService)],
  schema: 'addresses',
  migrations: [addresses001],
  jobs: [does(ImportOpenUprn, ImportsOpenUprn)],
  recurring: [every('hour', ImportOpenUprn)],
  permissions: [LOOK_UP_ADDRESSES],
  registers: [register(CONNECTION, OpenUprnConnection)],
  texts: addressesTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
