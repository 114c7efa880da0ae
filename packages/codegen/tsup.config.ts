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
})
