export { anotherModule, capability, type CapabilityOptions } from './capability';
export { council, type CouncilOptions } from './council';
export type { Files, Generated, Generator, NotGenerated, World } from './generator';
export type { PackageOptions } from './house';
export { worldAt, writeTo } from './on-disk';
export { provider, type ProviderOptions, type ProviderPort } from './provider';
export { servicePack, type ServicePackOptions } from './service-pack';
export { theme, type ThemeOptions } from './theme';
