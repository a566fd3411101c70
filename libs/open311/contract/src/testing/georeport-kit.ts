import { defineKit, type ConformanceKit } from '@guildhall/kernel-contract';
import { FOLLOWING_REPORTS } from './following-reports';
import { OFFERING_SERVICES } from './offering-services';
import { SENDING_REPORTS } from './sending-reports';
import type { Open311Harness } from './server-harness';
import { UPDATING_REPORTS } from './updating-reports';

/** What every server of GeoReport v2 with mySociety's extensions must do, tried over HTTP from outside. It leaves reports behind: try it on a server where that does no harm. @public */
export const georeportKit: ConformanceKit<Open311Harness> = defineKit<Open311Harness>({ id: 'open311.georeport-v2', contract: '@guildhall/open311-contract', version: '0.1.0', cases: [...OFFERING_SERVICES, ...SENDING_REPORTS, ...FOLLOWING_REPORTS, ...UPDATING_REPORTS] });
