import path from 'node:path';
import { Module } from '@nestjs/common';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { CASES, CaseMoved, CaseUpdatedPublicly } from '@guildhall/cases-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { ERROR_FORMAT, defineModule, does, every, mayUse, needs, on } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { OPEN311_PERMISSIONS } from '@guildhall/open311-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { SERVICES } from '@guildhall/services-contract';
import { ClearUnfinished, ClearsUnfinished } from './clearing/clear-unfinished';
import { Callers } from './http/callers';
import { open311ErrorFormat } from './http/error-format';
import { Open311RequestsController } from './http/requests.controller';
import { Open311ServicesController } from './http/services.controller';
import { Open311UpdatesController } from './http/updates.controller';
import { FindRequests } from './listing/find-requests';
import { ShowRequest } from './listing/show-request';
import { open311001 } from './migrations/001-open311';
import { OfferedServices } from './offering/offered-services';
import type { Open311Options } from './options';
import { open311PrivacyNote } from './privacy-note';
import { KeepPhotos } from './receiving/keep-photos';
import { FindPlace } from './receiving/place';
import { TakeReport } from './receiving/take-report';
import { Open311Settings } from './settings';
import { ListUpdates } from './updating/list-updates';
import { RecordMoves, RecordWords } from './updating/record-updates';
import { TakeUpdate } from './updating/take-update';

@Module({
  controllers: [Open311ServicesController, Open311RequestsController, Open311UpdatesController],
  providers: [
    OfferedServices, Callers, KeepPhotos, FindPlace, TakeReport, ShowRequest, FindRequests, RecordMoves, RecordWords, ListUpdates, TakeUpdate, ClearsUnfinished,
    { provide: Open311Settings, useFactory: () => Open311Settings.reading(open311) },
  ],
})
class Open311Module {}

/**
 * Open311 GeoReport v2 with mySociety's extensions, under `/open311/v2/`: other systems report what the council's own services take, follow their reports and write about them.
 * @public
 * @example modules: [open311({ reading: 'anyone' })]
 */
export const open311 = defineModule<Open311Options>({
  id: 'open311',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: Open311Module,
  requires: [needs(SERVICES, '^0.1.0'), needs(CASES, '^0.1.0'), mayUse(ADDRESSES, '^0.1.0'), mayUse(DOCUMENTS, '^0.1.0')],
  schema: 'open311',
  migrations: [open311001],
  permissions: OPEN311_PERMISSIONS,
  subscribers: [on('open311.record-moves', CaseMoved, RecordMoves), on('open311.record-words', CaseUpdatedPublicly, RecordWords)],
  jobs: [does(ClearUnfinished, ClearsUnfinished)],
  recurring: [every('hour', ClearUnfinished)],
  registers: [register(ERROR_FORMAT, open311ErrorFormat), register(PRIVACY_NOTE, open311PrivacyNote)],
});
