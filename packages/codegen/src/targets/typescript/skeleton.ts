import { readFileSync } from 'node:fs'
import { CodeWriter } from '../../print/code-writer.js'
import type { MethodModel, Model } from '../../model/model.js'
import { shipped } from '../../output/package.js'
import type { Skeleton, SkeletonContext } from '../../model/target.js'
import { group, join, printed } from '../../print/document.js'
import { call, laidOut } from './print/layout.js'
import { TypeScriptNames } from './names/names.js'
import { answerType, handlerParameters, handlerDocs } from './service/service.js'
import { quoted } from '../../print/javascript-text.js'
import { typeText } from './types/type-code.js'
import { RuntimeImports } from './names/runtime-imports.js'
import type { TypeContext } from './types/type-ref.js'

/** `child.ts`: a handler for each method, which throws. */
export function skeleton(model: Model, { generated }: SkeletonContext): Skeleton {
  const names = new TypeScriptNames(model)
  const out = new CodeWriter('  ')
  if (model.child.methods.length === 0) out.line(`${names.serve}({})`)
  else {
    out.block(`${names.serve}({`, () => {
      for (const [i, method] of model.child.methods.entries()) {
        if (i > 0) out.blank()
        handler(method, { model, names, imports: new RuntimeImports() }, out)
      }
    })
    out.line('})')
  }
  const frame = readFileSync(shipped('targets/typescript/skeleton/child.ts'), 'utf8')
  const module = quoted(`./${generated}/${names.file}.js`)
  const text = frame
    .replace(/^.* \/\/ import\n/m, () => `import { ${names.serve} } from ${module}\n`)
    .replace(/^.* \/\/ handlers\n/m, () => out.toString())
  return {
    files: [{ path: 'child.ts', text }],
    prepare: [],
    command: ['node', '--import', 'tsx', 'child.ts'],
  }
}

/** Its parameters and result are a comment: linters would complain about names that nothing uses yet. */
function handler(method: MethodModel, context: TypeContext, out: CodeWriter): void {
  const name = context.names.method(method.name)
  const parameters = join(', ', handlerParameters(method, context.names.role('host'), context))
  out.line(...handlerDocs(method, context, out.column))
  const comment = ['// (', parameters, ') => ', typeText(answerType(method, context))]
  out.line(...printed(group(comment), Infinity))
  out.block(`${name}: () => {`, () => {
    const message = quoted(`${method.name} is not implemented yet`)
    out.line(...laidOut(call('throw new Error', [message]), out.column))
  })
  out.line('},')
}
