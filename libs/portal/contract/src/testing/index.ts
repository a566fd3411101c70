export { accountSectionKit } from './account-section-kit';
export type { AccountSectionHarness } from './account-section-kit';
