export { informationRightsKit } from './information-rights-kit';
export type { InformationRightsHarness } from './information-rights-kit';
export { personalDataKit } from './personal-data-kit';
export type { PersonalDataHarness } from './personal-data-kit';
