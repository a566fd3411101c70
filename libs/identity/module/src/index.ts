export { identity } from './identity.module';
export type { IdentityOptions } from './identity.module';
