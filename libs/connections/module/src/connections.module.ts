import path from 'node:path';
import { Module } from '@nestjs/common';
import { defineModule, does, every } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { DESK_AREA } from '@guildhall/portal-contract';
import { CheckConnections } from './checking/check-connections';
import { LookAtConnections } from './checking/jobs';
import { migrations } from './data/migrations';
import { ConnectionsController } from './desk/connections.controller';
import { ConnectionsOnDesk } from './desk/connections-on-desk';
import { KeptConnections } from './desk/kept-connections';
import { SEE_CONNECTIONS } from './permissions';
import { connectionsDeskTexts } from './texts';

@Module({ controllers: [ConnectionsController], providers: [CheckConnections, KeptConnections, ConnectionsOnDesk] })
class ConnectionsModule {}

/**
 * The systems around the council on the officers' desk: which are connected, since when, and what to do about those that are not. They are looked at every quarter of an hour.
 * @public
 * @example modules: [connections()]
 */
export const connections = defineModule<Record<never, never>>({
  id: 'connections',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: ConnectionsModule,
  schema: 'connections',
  migrations,
  permissions: [SEE_CONNECTIONS],
  jobs: [does(LookAtConnections, CheckConnections)],
  recurring: [every('15 minutes', LookAtConnections)],
  registers: [register(DESK_AREA, ConnectionsOnDesk)],
  deskTexts: connectionsDeskTexts,
  viewsFolder: path.join(__dirname, '../views'),
});
