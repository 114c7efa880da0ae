// Without tsup's `defineConfig`: its types name modules that are not installed.
export default {
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  clean: true,
  // It would hold the contract a second time.
  sourcemap: false,
  // tsup hands `baseUrl` to the declaration build, which TypeScript 6 refuses unless told so.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
}
