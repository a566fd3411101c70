import { register } from '@guildhall/kernel-contract';
import { DESK_AREA, FOOTER_LINK, HOME_PANEL } from '@guildhall/portal-contract';
import { BrowseController } from './browsing/browse.controller';
import { catalogueInFooter } from './browsing/catalogue-in-footer';
import { KnownPublishers } from './browsing/known-publishers';
import { PublishersController } from './browsing/publishers.controller';
import { SearchOnHome } from './browsing/search-on-home';
import { CompareController } from './comparing/compare.controller';
import { Contributions } from './contributing/contributions';
import { ContributionsController } from './contributing/contributions.controller';
import { ContributingController } from './contributing/desk.controller';
import { ModeratingController } from './contributing/moderating.controller';
import { CatalogueFigures } from './counting/catalogue-figures';
import { Efforts } from './counting/efforts';
import { FiguresController } from './counting/figures.controller';
import { DescribesPackage } from './describing/describes-package';
import { PackagesController } from './describing/packages.controller';
import { FitController } from './fitting/fit.controller';
import { JudgesFit } from './fitting/judges-fit';
import { LatestFacts } from './fitting/latest-facts';
import { catalogueOnDesk } from './members/catalogue-on-desk';
import { Organisations } from './members/organisations';
import { OrganisationsController } from './members/organisations.controller';

/** What the catalogue's pages are made of. */
export const pageControllers = [BrowseController, PublishersController, PackagesController, CompareController, FitController, FiguresController, ContributionsController, ContributingController, ModeratingController, OrganisationsController];
export const pageProviders = [KnownPublishers, SearchOnHome, DescribesPackage, Contributions, Organisations, Efforts, CatalogueFigures, JudgesFit, LatestFacts];
export const pageRegisters = [register(HOME_PANEL, SearchOnHome), register(FOOTER_LINK, catalogueInFooter), register(DESK_AREA, catalogueOnDesk)];
