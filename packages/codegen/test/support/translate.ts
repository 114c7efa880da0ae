import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { repository } from './paths.js'

/** A folder in which modules find the packages, as in a project that has installed them. */
export function makeProject(folder: string): void {
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
}

/** Makes a module of JavaScript beside one of TypeScript. Types are checked elsewhere; here they are only left out. */
export function translate(file: string): void {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  writeFileSync(file.replace(/ts$/, 'js'), outputText)
}
