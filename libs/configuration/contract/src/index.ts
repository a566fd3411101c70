export { compareLines } from './comparing';
export type { ChangedLine, Comparison } from './comparing';
export { CONFIGURABLE, defineConfigurable } from './configurable';
export type { Configurable, ConfigurableThing, ConfigurationKind, ConfiguredLine, PublishedConfiguration } from './configurable';
export { MOST_FILE_BYTES, configurationFile, readConfigurationFile } from './configuration-file';
export type { ConfigurationFile, FileRefusal } from './configuration-file';
export { CONFIGURATION_SCHEMA_ID, configurationSchema } from './configuration-schema';
export { PUBLISH_CONFIGURATION, SHARE_CONFIGURATION } from './permissions';
