import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CodeWriter } from '../print/code-writer.js'
import { propertyName, quoted } from '../print/javascript-text.js'
import type { MethodModel, Model, SideModel } from '../model/model.js'
import { shipped } from '../output/package.js'
import { sampleValue } from '../model/sample-value.js'

/** The contract that init writes if there is none. */
export const starterContract = fileURLToPath(shipped('init/starter/contract.ts'))

/** How the host gets at the contract. */
export interface ContractImport {
  /** The name under which the module exports it. */
  name: string
  /** The module, as an import names it. */
  from: string
}

/**
 * A host that starts a child and calls each of its methods once. It is TypeScript and JavaScript at once: nothing in it
 * is annotated.
 */
export function hostFile(model: Model, contract: ContractImport, command: readonly string[]): string {
  const frame = readFileSync(shipped('init/starter/host.ts'), 'utf8')
  const calls = new CodeWriter('  ')
  calls.indented(() =>
    calls.indented(() => model.child.methods.forEach(method => call(method, model, calls))),
  )
  const nothing = '    // The contract has no methods yet.\n'
  return frame
    .replace(/^import .*contract.*\n/m, () => importLine(contract))
    .replace(/^ {2}const client = .*\n/m, () => clientLines(model.host, command))
    .replace(/^.* \/\/ calls\n/m, () => (model.child.methods.length === 0 ? nothing : calls.toString()))
}

function importLine({ name, from }: ContractImport): string {
  const words =
    name === 'default' ? 'contract' : name === 'contract' ? '{ contract }' : `{ ${name} as contract }`
  return `import ${words} from ${quoted(from)}\n`
}

function clientLines(host: SideModel, command: readonly string[]): string {
  const out = new CodeWriter('  ')
  const start = `const client = new Client(contract, [${command.map(quoted).join(', ')}]`
  out.indented(() => {
    if (host.methods.length === 0) out.line(`${start})`)
    else {
      out.block(`${start}, {`, () =>
        out
          .block('host: {', () => {
            for (const { name } of host.methods)
              out
                .block(`${propertyName(name)}: () => {`, () =>
                  out.line(`throw new Error(${quoted(`${name} is not implemented yet`)})`),
                )
                .line('},')
          })
          .line('},'),
      )
      out.line('})')
    }
    for (const { name } of host.notifications)
      out.line(`client.on(${quoted(name)}, told => console.log(${quoted(`${name}:`)}, told))`)
  })
  return out.toString()
}

function call({ name, params, stream }: MethodModel, model: Model, out: CodeWriter): void {
  const values = params.type === undefined ? [] : [sampleValue(params.type, model)]
  const args = [quoted(name), ...values].join(', ')
  const title = quoted(`${name}:`)
  out.block('try {', () => {
    if (stream === undefined) out.line(`console.log(${title}, await client.call(${args}))`)
    else
      out.line(
        `const run = client.stream(${args})`,
        `for await (const item of run) console.log(${title}, item)`,
        `console.log(${title}, await run.result)`,
      )
  })
  out.block('} catch (error) {', () => out.line(`console.error(${title}, String(error))`)).line('}')
}
