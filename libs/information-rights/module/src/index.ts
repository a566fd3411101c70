export { informationRights } from './information-rights.module';
