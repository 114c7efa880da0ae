import { defineConfig } from 'vitest/config'

/** One project per package; each file runs in a process of its own, for tests watch processes and descriptors. */
const project = (name: string, root: string) => ({
  test: {
    name,
    root,
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/build/**'],
    pool: 'forks' as const,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    typecheck: { enabled: true, include: ['**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  },
})

export default defineConfig({
  test: {
    projects: [
      project('worker', 'packages/worker'),
      project('rpc', 'packages/rpc'),
      project('codegen', 'packages/codegen'),
      project('examples', 'examples'),
      project('repository', 'test'),
    ],
  },
})
