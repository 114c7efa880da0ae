// @ts-check
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores(['**/dist/', '**/.turbo/', '.tools/', '**/golden/', '**/generated/', '**/build/']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // TypeScript knows every name, in checked JavaScript too.
      'no-undef': 'off',
      // A file that needs more is usually two ideas.
      'max-lines': ['warn', { max: 250, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // The contract types are type literals on purpose: a hover shows their insides.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  // In checked JavaScript a cast is a comment, which these two rules do not see; tsc does.
  {
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  // Child programs for tests are plain JavaScript, as their users' are, and belong to no TypeScript project.
  {
    files: ['packages/*/test/**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  { files: ['**/*.test.ts', '**/*.test-d.ts'], rules: { 'max-lines': 'off' } },
)
