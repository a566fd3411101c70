export { informationRights } from './information-rights.module';
export type { InformationRightsOptions } from './information-rights.options';
