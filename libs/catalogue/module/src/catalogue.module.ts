import path from 'node:path';
import { ADMIT_PUBLISHERS, CATALOGUE } from '@guildhall/catalogue-contract';
import { defineModule, implement, optionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Module } from '@nestjs/common';
import type { CatalogueOptions } from './catalogue.options';
import { CatalogueService } from './catalogue.service';
import { migrations } from './data/migrations';
import { federatingControllers, federatingJobs, federatingProviders, federatingRecurring } from './federating.parts';
import { CatalogueApiController } from './http/catalogue-api.controller';
import { OwnFeed } from './logging/own-feed';
import { ReadsFeed } from './logging/reads-feed';
import { CONTRIBUTE, MANAGE_CATALOGUE } from './members/permissions';
import { SeedsBeginning } from './members/seeds-beginning';
import { pageControllers, pageProviders, pageRegisters } from './pages.parts';
import { ReadsPublishers } from './publishing/reads-publishers';
import { ReadsPackages } from './reading/reads-packages';
import { ReadsSubmissions } from './reading/reads-submissions';
import { SearchesPackages } from './searching/searches-packages';
import { takingJobs, takingProviders, takingRecurring } from './taking.parts';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  controllers: [CatalogueApiController, ...federatingControllers, ...pageControllers],
  providers: [
    CatalogueService, SearchesPackages, ReadsPackages, ReadsPublishers, ReadsSubmissions, ReadsFeed, ...takingProviders, ...federatingProviders, ...pageProviders,
    { provide: OwnFeed, useFactory: () => new OwnFeed((ctx: RequestContext) => optionsOf(ctx, catalogue)) },
  ],
})
class CatalogueModule {}

/**
 * A catalogue of modules: takes signed releases, proves them without running them, keeps what was signed in a log that only grows, and is searched.
 * @public
 * @example modules: [catalogue({ feedOrigin: 'catalogue.westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '@westmarch': 'https://packages.westmarch.example' } })]
 */
export const catalogue = defineModule<CatalogueOptions>({
  id: 'catalogue',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: CatalogueModule,
  provides: [implement(CATALOGUE, CatalogueService)],
  schema: 'catalogue',
  migrations,
  permissions: [ADMIT_PUBLISHERS, CONTRIBUTE, MANAGE_CATALOGUE],
  jobs: [...takingJobs, ...federatingJobs],
  recurring: [...takingRecurring, ...federatingRecurring],
  registers: [...pageRegisters],
  seed: SeedsBeginning,
  texts, deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
  assetsFolder: path.join(__dirname, '../assets'),
});
