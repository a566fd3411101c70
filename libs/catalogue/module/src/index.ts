export { catalogue } from './catalogue.module';
export type { CatalogueOptions } from './catalogue.options';
export type { Beginning } from './members/seeds-beginning';
export type { FollowedFeed } from './federating/followed-feed';
