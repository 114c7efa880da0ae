import { readFileSync } from 'node:fs'
import { GoWriter } from './print/go-writer.js'
import type { Model } from '../../model/model.js'
import { shipped } from '../../output/package.js'
import type { Skeleton, SkeletonContext } from '../../model/target.js'
import { isShort } from './codecs/inline-codecs.js'
import type { CodecContext } from './codecs/codec-context.js'
import { GoNames } from './names/names.js'
import { Constraints } from './codecs/constraints.js'
import { handlerParameters, methodDocs, paramsOf, results } from './service/service.js'
import { comment, quoted } from './print/text.js'
import { goType } from './types/type-ref.js'

/** `main.go` in a module of its own: a handler for each method, which fails, and for each notification. */
export function skeleton(model: Model, { generated }: SkeletonContext): Skeleton {
  const names = new GoNames(model)
  const handlers = handlersOf(model, { model, names, constraints: new Constraints() })
  // An alias: a package may be called like one of the standard library, or like a parameter.
  const package_ = `${names.package === 'contract' ? '' : 'contract '}"child/${generated}/${names.package}"`
  // In the order of their paths, as gofmt has them.
  const own = [package_, ...(/\bipc\.[A-Z]/.test(handlers) ? [`"child/${generated}/ipc"`] : [])].sort(
    (a, b) => (a.slice(a.indexOf('"')) < b.slice(b.indexOf('"')) ? -1 : 1),
  )
  const text = skeletonFile('main.go')
    .replace('"child/generated/contract"', () => own.join('\n\t'))
    .replace('generated/contract', () => `${generated}/${names.package}`)
    .replace('\t"log"\n', log => (handlers.includes('errors.New(') ? '\t"errors"\n' : '') + log)
    .replace(', child{})', passed => (handlers === '' ? ')' : passed))
    .replace('type child struct{}\n\n', declared => (handlers === '' ? '' : declared))
  const program = process.platform === 'win32' ? 'child.exe' : 'child'
  return {
    importPath: `child/${generated}`,
    files: [
      { path: 'main.go', text: text + handlers },
      { path: 'go.mod', text: skeletonFile('go.mod') },
    ],
    prepare: [['go', 'build', '-o', program, '.']],
    command: [`./${program}`],
  }
}

const skeletonFile = (name: string): string => readFileSync(shipped(`targets/go/skeleton/${name}`), 'utf8')

function handlersOf(model: Model, context: CodecContext): string {
  const out = new GoWriter()
  for (const method of model.child.methods) {
    const name = context.names.method(method.name)
    out.blank().line(...comment(methodDocs(method, `${name} handles ${method.name}.`)))
    const refusal = `errors.New(${quoted(`${method.name} is not implemented yet`)})`
    const head = `func (child) ${name}(${qualified(handlerParameters(method, context))})`
    const { result } = method
    if (result === undefined) out.block(`${head} error {`, () => out.line(`return ${refusal}`))
    else
      out.block(`${head} ${qualified(results(method, context))} {`, () => {
        out.line(`var result ${qualified(goType(result, context))}`, `return result, ${refusal}`)
      })
  }
  for (const { name: told, docs, params } of model.child.notifications) {
    const name = context.names.method(told)
    const parameters = ['ctx context.Context', ...paramsOf(params.type, context)].join(', ')
    out.blank().line(...comment([`${name} handles the notification ${told}.`, ...docs]))
    const head = `func (child) ${name}(${qualified(parameters)})`
    out.line(...(isShort(head) ? [`${head} {}`] : [`${head} {`, '}']))
  }
  return out.lines.length === 0 ? '' : out.toString()
}

/** Types of the generated package, seen from outside: they are all exported, and nothing else here begins so. */
const qualified = (text: string): string =>
  text.replace(/(?<![.\p{L}\p{N}_])(\p{Lu}[\p{L}\p{N}_]*)/gu, 'contract.$1')
