import { cpSync } from 'node:fs'
import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts'],
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  clean: true,
  sourcemap: true,
  // tsup hands `baseUrl` to the declaration build, which TypeScript 6 refuses unless told so.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  // The runtimes are real files in their languages; they lie beside the bundle as they do beside the sources.
  onSuccess: () => {
    const runtimes = 'targets/python/runtime'
    cpSync(`src/${runtimes}`, `dist/${runtimes}`, {
      recursive: true,
      filter: file => !file.includes('__pycache__'),
    })
    return Promise.resolve()
  },
})
