export { configuration } from './configuration.module';
export type { ConfigurationOptions } from './configuration.module';
