import path from 'node:path';
import { CONFIGURABLE, PUBLISH_CONFIGURATION, SHARE_CONFIGURATION } from '@guildhall/configuration-contract';
import { BEFORE_WORK, COMMAND, defineModule, optionsOf } from '@guildhall/kernel';
import { CONNECTION, register, type RequestContext } from '@guildhall/kernel-contract';
import { DESK_AREA } from '@guildhall/portal-contract';
import { Module } from '@nestjs/common';
import { configurationCommand } from './command/configuration-command';
import { MovesFiles } from './command/moves-files';
import { ConfigurationSettings, type ConfigurationOptions } from './configuration.settings';
import { migrations } from './data/migrations';
import { BringingInController } from './desk/bringing-in.controller';
import { ChangingController } from './desk/changing.controller';
import { ConfigurationController } from './desk/configuration.controller';
import { ConfigurationApiController } from './http/configuration-api.controller';
import { ExportsThings } from './keeping/exports-things';
import { KeepsVersions } from './keeping/keeps-versions';
import { LooksAtFit } from './keeping/looks-at-fit';
import { TakesEffect } from './keeping/takes-effect';
import { DraftsTyped } from './typing/drafts-typed';
import { deskTexts } from './wording/desk-texts';

export type { ConfigurationOptions } from './configuration.settings';

@Module({
  controllers: [ConfigurationApiController, BringingInController, ChangingController, ConfigurationController],
  providers: [TakesEffect, LooksAtFit, KeepsVersions, ExportsThings, DraftsTyped, MovesFiles, { provide: ConfigurationSettings, useFactory: () => new ConfigurationSettings((ctx: RequestContext) => optionsOf(ctx, configuration)) }],
})
class ConfigurationModule {}

/**
 * Configuration that travels: services' settings, messages and case types are taken away as files, brought in at another council, compared, published and put back.
 * @public
 * @example modules: [configuration()]
 */
export const configuration = defineModule<ConfigurationOptions>({
  id: 'configuration',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: ConfigurationModule,
  schema: 'configuration',
  migrations,
  permissions: [SHARE_CONFIGURATION, PUBLISH_CONFIGURATION],
  registers: [
    register(BEFORE_WORK, TakesEffect),
    register(CONNECTION, LooksAtFit),
    register(COMMAND, configurationCommand),
    register(DESK_AREA, { id: 'configuration.configuration', order: 920, titleKey: 'configuration.desk.area', href: '/desk/configuration', permission: SHARE_CONFIGURATION }),
  ],
  extensionPoints: [CONFIGURABLE],
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
});
