import { readFileSync } from 'node:fs'
import { CodeWriter } from '../../print/code-writer.js'
import type { MethodModel, Model } from '../../model/model.js'
import { shipped } from '../../output/package.js'
import type { Skeleton, SkeletonContext } from '../../model/target.js'
import { signatureLines } from './types/annotation-layout.js'
import type { CodecContext } from './codecs/codec-context.js'
import { runtimeAlias as ipc, runtimeFolder } from './names/facts.js'
import { fileContext } from './file-context.js'
import { lineLength } from './print/line-length.js'
import { call, lines, pieces } from './print/layout.js'
import { PythonNames } from './names/names.js'
import { docsOf, paramsOf } from './service/service.js'
import { docstring, quotedPieces } from './print/text.js'
import { annotation } from './types/type-ref.js'

/** `child.py`: a handler for each method, which raises NotImplementedError. */
export function skeleton(model: Model, { generated }: SkeletonContext): Skeleton {
  const names = new PythonNames(model)
  const taken = new Set([
    ...model.types.map(({ id }) => names.type(id)),
    ...model.child.methods.map(({ name }) => names.contexts(name).plain),
  ])
  let child = 'Child'
  while (taken.has(child)) child += 'Program'

  const folder = generated.replaceAll('/', '.')
  const out = new CodeWriter('    ')
  const context = fileContext(model, names)
  out.indented(() => {
    out.line('"""Answers the host."""')
    for (const method of model.child.methods) handler(method, context, out.blank())
  })
  const frame = readFileSync(shipped('targets/python/skeleton/child.py'), 'utf8')
  const text = frame
    .replace(/^from .* {2}# imports\n/m, () => imports(out.toString(), folder, names, taken))
    .replace(/^ {4}.* {2}# handlers\n/m, () => out.toString())
    .replace('class Child(', () => `class ${child}(`)
    .replace('serve(Child())', () => `serve(${child}())`)
  return {
    files: [{ path: 'child.py', text }],
    prepare: [],
    command: [process.platform === 'win32' ? 'python' : 'python3', 'child.py'],
  }
}

function handler(method: MethodModel, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  const parameters = [
    'self',
    ...paramsOf(method.params, context),
    `context: ${names.contexts(method.name).plain}`,
  ]
  const name = names.method(method.name)
  const signature = call(`def ${name}`, ...parameters)
  out.line(...signatureLines(signature, answer(method, context), out.column))
  out.indented(() => {
    out.line(...docstring(docsOf(method), out.column))
    const message = quotedPieces(`${method.name} is not implemented yet`, lineLength - out.column - 5)
    out.line(...lines('raise ', call('NotImplementedError', pieces(message)), '', out.column))
  })
}

/** The plainest form that a handler may have; a coroutine or an asynchronous generator may take its place. */
function answer({ result, stream }: MethodModel, context: CodecContext): string {
  const value = result === undefined ? 'None' : annotation(result, context)
  return stream === undefined ? value : `Generator[${annotation(stream, context)}, None, ${value}]`
}

/** What only annotations use is imported for type checkers only. */
function imports(body: string, folder: string, names: PythonNames, types: ReadonlySet<string>): string {
  const code = body.replace(/"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '')
  const words = new Set(code.match(/(?<![.\p{XID_Continue}])[\p{XID_Start}_]\p{XID_Continue}*/gu))
  const typing = ['TYPE_CHECKING', 'Literal', 'NoReturn'].filter((name, i) => i === 0 || words.has(name))
  const abc = ['Generator', 'Mapping', 'Sequence'].filter(name => words.has(name))
  const texts = [...words].filter(name => /^Text[\da-f]{8}$/.test(name) && !types.has(name))
  const ours = [...types, ...texts].filter(name => words.has(name))
  const module = `${folder}.${names.module}`
  const lazy = new CodeWriter('    ')
  lazy.block('if TYPE_CHECKING:', () => {
    if (abc.length > 0) lazy.line(`from collections.abc import ${abc.join(', ')}`).blank()
    if (words.has(ipc)) lazy.line(`from ${folder} import ${runtimeFolder} as ${ipc}`)
    if (ours.length > 0) lazy.line(...importOf(module, ours, lazy.column))
  })
  const usesTypes = abc.length + ours.length > 0 || words.has(ipc)
  return [
    ...(usesTypes ? [`from typing import ${typing.join(', ')}`, ''] : []),
    ...importOf(module, ['ChildHandlers', 'serve'], 0),
    ...(usesTypes ? ['', lazy.toString().trimEnd()] : []),
    '',
  ].join('\n')
}

/** Sorted as ruff sorts: constants, classes, functions; and 9 before 10. */
function importOf(module: string, names: readonly string[], column: number): string[] {
  const rank = (name: string): number => {
    if (name.length > 1 && name === name.toUpperCase()) return 0
    return /^\p{Lu}/u.test(name) ? 1 : 2
  }
  const folded = (name: string): string =>
    name.toLowerCase().replace(/\d+/g, digits => digits.padStart(20, '0'))
  const sorted = names.toSorted((a, b) => rank(a) - rank(b) || (folded(a) < folded(b) ? -1 : 1))
  const whole = `from ${module} import ${sorted.join(', ')}`
  return column + whole.length <= lineLength
    ? [whole]
    : [`from ${module} import (`, ...sorted.map(name => `    ${name},`), ')']
}
