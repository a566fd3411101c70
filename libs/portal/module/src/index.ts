export { portal } from './portal.module';
export type { AccessibilityProblem, Councillor, PortalOptions, Responsibility } from './portal-options';
