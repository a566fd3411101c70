'use strict';

/** What every spec shares: sources instead of builds, Nest's decorators, one database for the run, no leaks, no network. */
const common = {
  rootDir: __dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/tools'],
  modulePathIgnorePatterns: ['/dist/', '/\\.nx/', '/\\.guildhall/'],
  testEnvironment: '<rootDir>/tools/testing/strict-environment.cjs',
  runtime: '<rootDir>/tools/testing/runtime.cjs',
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.(ts|m?js)$': ['@swc/jest', {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    }],
  },
  resolver: '<rootDir>/tools/testing/resolver.cjs',
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/tools/testing/start-run.ts',
  globalTeardown: '<rootDir>/tools/testing/end-run.ts',
};

/** What runs which files, and how long one test of it may take. */
function project(displayName, timeoutInSeconds, testMatch, testPathIgnorePatterns = []) {
  return {
    ...common, displayName, testMatch, testPathIgnorePatterns: ['/node_modules/', ...testPathIgnorePatterns],
    testEnvironmentOptions: { timeoutInSeconds, customExportConditions: ['@guildhall/source', 'require', 'node', 'node-addons'] },
  };
}

/**
 * On a second PostgreSQL these would only do again what they did: what they are about is no database but pages, other systems or thousands of orders in which the same may come,
 * they bring their own database, or it is what a process does or leaves, whatever the database.
 */
const withoutTestDatabase = process.env.GUILDHALL_TEST_POSTGRES
  ? [
      '/tools/(docs|generators|lint|packaging|publishing|reports|workspace)/', '/embedded-database\\.int\\.spec\\.ts$', '/(canary|crash-[a-z]+)\\.int\\.spec\\.ts$',
      '/kernel/module/src/http/', '/(documents-at-s3|far-ends|govuk-notify|outside-sources|other-systems-connection|connections|stripe|histories|webhook-orders|documents|payments-over-http|open311|hostile|watches-logs|compares-twins)\\.int\\.spec\\.ts$',
      '/sharing/(module/src/(choosing|correcting|counting|desk|information|linking|looking|once-only|telling-once|trusting)|providers)/', '/exchange-node/src/desk\\.int\\.spec\\.ts$', '/(configuration|council-at-catalogue|information-rights)\\.int\\.spec\\.ts$',
    ]
  : [];

module.exports = {
  maxWorkers: 2,
  testSequencer: '<rootDir>/tools/testing/longest-first.cjs',
  // Specs share what is installed, and some of it remembers what it was told: a process that has grown so large is followed by a new one.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('unit', 20, ['**/*.spec.ts'], ['\\.(int|e2e)\\.spec\\.ts$', '/migrations\\.spec\\.ts$']),
    project('integration', 60, ['**/*.int.spec.ts', '**/migrations.spec.ts'], withoutTestDatabase),
    { ...project('browser', 120, ['**/*.e2e.spec.ts']), globalSetup: '<rootDir>/tools/testing/start-browser-run.ts' },
  ],
};
