import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const notOurs = ['**/node_modules/**', '**/dist/**', '**/build/**']
const soak = '**/*.soak.test.ts'

/** The tests of a folder; each file runs in a process of its own, for tests watch processes and descriptors. */
const project = (name: string, root: string, include = ['**/*.test.ts'], exclude = [soak]) => ({
  test: {
    name,
    root,
    include,
    exclude: [...notOurs, ...exclude],
    pool: 'forks' as const,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})

/** What a package's types promise: files that are compiled, not run. */
const types = (name: string) => ({
  test: {
    name: `${name}-types`,
    root: `packages/${name}`,
    typecheck: { enabled: true, only: true, include: ['**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  },
})

export default defineConfig({
  test: {
    // Vitest would leave a processor to itself; what most files here do is wait for processes.
    maxWorkers: availableParallelism(),
    projects: [
      project('worker', 'packages/worker'),
      types('worker'),
      project('rpc', 'packages/rpc'),
      types('rpc'),
      project('codegen', 'packages/codegen'),
      project('lsp', 'packages/lsp'),
      project('mcp', 'packages/mcp'),
      project('examples', 'examples'),
      project('repository', 'test'),
      // What runs long by its nature: ten thousand processes, the largest contract, contracts and values of chance.
      project('soak', '.', [soak], []),
    ],
  },
})
