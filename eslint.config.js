import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** `[folder, folders it may import from]`: the direction of the data flow, see src/README.md. */
const LAYERS = [
  ['src/profile', []],
  ['src/analysis', ['src/profile']],
  ['src/rules', ['src/profile', 'src/analysis']],
  ['src/report', ['src/profile', 'src/analysis']],
  ['src/render', ['src/profile', 'src/report']],
  ['kernel/wire', []],
  ['kernel/proxy', ['kernel/wire']],
  ['kernel/sampling', ['src/profile']],
  ['kernel/languages', ['src/profile', 'kernel/wire', 'kernel/sampling']],
  ['kernel/findings', ['src/profile', 'src/analysis', 'src/rules']],
  [
    'kernel/run',
    [
      'src/profile',
      'src/analysis',
      'src/report',
      'src/render',
      'kernel/wire',
      'kernel/proxy',
      'kernel/sampling',
      'kernel/languages',
      'kernel/findings',
    ],
  ],
  ['labextension', ['src/profile', 'src/analysis', 'src/report', 'src/render']],
];
const FOLDERS = [...LAYERS.map(([folder]) => folder), 'src/cli'];

const zones = LAYERS.map(([target, allowed]) => ({
  target: `./${target}`,
  from: FOLDERS.filter(folder => folder !== target && !allowed.includes(folder)).map(f => `./${f}`),
  message: `${target} may import only from ${allowed.join(', ') || 'itself'} (data flows left to right).`,
}));

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '.venv',
      '**/dist',
      'labextension/lib',
      '.setup',
      'test/**/fixtures',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', '**/kernel/**'] }],
    },
  },
  {
    files: ['**/*.mjs', '*.config.js', 'scripts/**'],
    languageOptions: { globals: globals.node },
  },
);
