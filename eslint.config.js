import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layersRule } from './scripts/lint/layers-rule.mjs';

const source = ['src/**/*.ts', 'web/**/*.ts', 'web/**/*.tsx'];
const typed = [...source, 'tests/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'];

const noEnvironment = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'The environment is read in src/config.ts only.' };
const noEnvironmentImport = { selector: "ImportDeclaration[source.value=/^(node:)?process$/]", message: 'The environment is read in src/config.ts only.' };
const noDefaultExport = { selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]', message: 'Named exports only.' };
const noRawRequest = [
  { selector: "CallExpression[callee.name='fetch']", message: 'Requests leave through the guarded client in src/http/outbound.' },
  { selector: "MemberExpression[object.name='globalThis'][property.name='fetch']", message: 'Requests leave through the guarded client in src/http/outbound.' },
  { selector: "ImportDeclaration[source.value=/^(node:)?http$/] ImportSpecifier[imported.name=/^(request|get|Agent)$/]", message: 'Requests leave through the guarded client in src/http/outbound.' },
];

export default defineConfig(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', 'data/**', 'data-demo/**', 'bench/results/**', 'docs/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typed,
    plugins: { '@typescript-eslint': tseslint.plugin, rapport: { rules: { layers: layersRule } } },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'rapport/layers': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/only-throw-error': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, noEnvironmentImport, ...noRawRequest] } },
  { files: ['src/config.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...noRawRequest] } },
  { files: ['src/http/outbound/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnvironment, noEnvironmentImport] } },
  // The router's redirects are thrown, and are no errors.
  { files: ['web/src/app/**/*.tsx'], rules: { '@typescript-eslint/only-throw-error': 'off' } },
  { files: ['web/**/vite.config.ts', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['scripts/**/*.mjs', 'web/**/*.mjs', 'eslint.config.js'],
    rules: { 'no-unused-vars': ['error', { ignoreRestSiblings: true }], 'no-empty': 'error', 'prefer-const': 'error', eqeqeq: 'error', 'max-lines': ['error', 300] },
  },
);
