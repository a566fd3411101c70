export { catalogFaults } from './catalog-faults';
export { KeptLog, Visitor, startTestApp, testCouncilDefinition, testTheme } from './start-test-app';
export type { Answer, Sent, TestApp, TestAppOptions } from './start-test-app';
export { bytesTransferred, expectAccessible, openBrowser, openPage, takeScreenshot } from './browser';
export type { Looking, PageWidth } from './browser';
export { findBrowser } from './find-browser';
