import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../../contract/codegen-error.js'

/**
 * The import path of a folder, which need not be there yet: that of the module whose go.mod lies nearest above it, and
 * the way from there. Throws a CodegenError that says what to do where there is none.
 */
export function importPathOf(folder: string): string {
  const target = path.resolve(folder)
  for (let above = target; ; above = path.dirname(above)) {
    const file = path.join(above, 'go.mod')
    const text = read(file)
    if (text !== undefined) return joined(moduleOf(text, file), path.relative(above, target), folder)
    if (path.dirname(above) === above) break
  }
  throw new CodegenError(
    `There is no go.mod in ${folder} or above it, so the import path of the generated code is not known: run \`go mod init <module path>\` in the folder of your program, or pass --go-import <import path of ${folder}>`,
  )
}

/** Checks an import path that was given: what Go takes as one. */
export function checkImportPath(given: string): string {
  const fault = faultOf(given)
  if (fault !== undefined) throw new CodegenError(`'${given}' is not a valid Go import path: ${fault}`)
  return given
}

function joined(module: string, below: string, folder: string): string {
  const found = [module, ...below.split(path.sep)].filter(part => part !== '').join('/')
  const fault = faultOf(found)
  if (fault === undefined) return found
  throw new CodegenError(`Go cannot import '${found}': ${fault}; write to another folder than ${folder}`)
}

/** Why a text cannot be imported; undefined if it can. */
function faultOf(text: string): string | undefined {
  const parts = text.split('/')
  if (parts.includes('')) return 'a part of it is empty'
  const bad = /[^\w.~+/-]/u.exec(text)?.[0]
  if (bad !== undefined) return `it takes letters and digits of ASCII and - . _ ~ + but no '${bad}'`
  const dotted = parts.find(part => part.endsWith('.'))
  if (dotted !== undefined) return `the part '${dotted}' ends with a dot`
  return undefined
}

/** The module's path, as the `module` line has it: bare or quoted, alone or in parentheses, before a comment or not. */
function moduleOf(text: string, file: string): string {
  const plain = text.replace(/\/\/.*$/gm, '')
  const [, bare, quoted] =
    /^[ \t]*module(?:[ \t]+|[ \t]*\([ \t]*\r?\n\s*)(?:([^\s"`()]+)|"([^"\n]*)")[ \t\r]*$/m.exec(plain) ?? []
  const found = bare ?? quoted ?? ''
  if (found === '') throw new CodegenError(`${file} has no line 'module <path>'; \`go mod init\` writes one`)
  return found
}

/** The text of a file; undefined if there is none. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // Go takes no notice of a folder of that name; a file in the way of the output is told when it is written.
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw new CodegenError(`${file} cannot be read: ${reasonOf(error)}`)
  }
}
