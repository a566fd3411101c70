export { KeptLog, Visitor, startTestApp, testCouncilDefinition, testTheme } from './start-test-app';
export type { Answer, Sent, TestApp, TestAppOptions } from './start-test-app';
