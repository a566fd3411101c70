export { portal } from './portal.module';
export type { AccessibilityProblem, PortalOptions } from './portal-options';
