import { cpSync, existsSync, readdirSync } from 'node:fs'
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
  // Runtimes, skeletons and the starter are real files in their languages; they lie beside the bundle as they do beside the sources.
  onSuccess: () => {
    for (const language of readdirSync('src/targets'))
      for (const part of ['runtime', 'skeleton']) {
        const folder = `targets/${language}/${part}`
        if (existsSync(`src/${folder}`))
          cpSync(`src/${folder}`, `dist/${folder}`, {
            recursive: true,
            filter: file => !file.includes('__pycache__'),
          })
      }
    cpSync('src/starter', 'dist/starter', { recursive: true })
    return Promise.resolve()
  },
})
