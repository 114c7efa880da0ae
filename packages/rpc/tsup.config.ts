import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  clean: true,
  sourcemap: true,
  // TypeBox loads ten times faster as part of this package; its types stay its own.
  noExternal: ['typebox'],
  // What few programs need is a chunk of its own.
  splitting: true,
  // tsup hands `baseUrl` to the declaration build, which TypeScript 6 refuses unless told so.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
})
