import { assignNames, nameOf, type Wish } from '../../../naming/assign-names.js'
import { step } from '../../../contract/contract-json.js'
import type { MethodModel, Model, NamedType, SideModel } from '../../../model/model.js'
import {
  classSpelling,
  errorSpelling,
  functionSpelling,
  memberSpelling,
  methodSpelling,
  moduleSpelling,
} from './facts.js'

/** The module of a contract. */
export const moduleOf = (contract: string): string => nameOf(contract, moduleSpelling)

/** How everything of a contract is called in Python. */
export class PythonNames {
  readonly module: string
  private readonly classes: Map<string, string>
  private readonly functions: Map<string, string>
  private readonly errors: Map<string, string>
  /** Put before what the contract's file declares, where another file speaks of it. */
  private qualifier = ''

  constructor(model: Model) {
    this.module = moduleOf(model.name)
    const types = model.types.map(({ id, path }): Wish => ({ text: id, path }))
    const errors = sidesOf(model).flatMap(({ side, path }) =>
      side.methods.flatMap(method =>
        method.errors.map((error): Wish => ({
          text: error.id,
          path: step(path, 'methods', method.name, 'errors', error.name),
        })),
      ),
    )
    // Errors are classes beside the others; the suffix is part of their text.
    const spelled = errors.map(wish => ({ text: nameOf(wish.text, errorSpelling), path: wish.path }))
    const contexts = model.child.methods.flatMap(({ name }) => {
      const path = step('/child', 'methods', name)
      return Object.values(contextsOf(name)).map((text): Wish => ({ text, path }))
    })
    this.classes = assignNames([...types, ...spelled, ...contexts], classSpelling, 'class')
    this.errors = new Map(
      errors.map((wish, i) => [wish.text, this.classes.get(spelled[i]?.text ?? '') ?? '']),
    )
    this.functions = assignNames(types, functionSpelling, 'function ending in')
    for (const { side, path } of sidesOf(model)) this.checkSide(side, path)
  }

  /** The same names for a file that imports the contract's under this name. */
  from(module: string): PythonNames {
    const names = Object.create(this) as PythonNames
    names.qualifier = `${module}.`
    return names
  }

  type(id: string): string {
    return this.qualifier + (this.classes.get(id) ?? id)
  }

  error(id: string): string {
    return this.qualifier + (this.errors.get(id) ?? id)
  }

  /** The function that reads or writes a type. */
  codec(way: 'decode' | 'encode', id: string): string {
    return `${this.qualifier}${way}_${this.function(id)}`
  }

  /** What follows `decode_` and `encode_`. */
  function(id: string): string {
    return this.functions.get(id) ?? id
  }

  /** The list of an enum's values. */
  constant(id: string): string {
    return `${this.qualifier}${this.function(id).toUpperCase()}_VALUES`
  }

  /** The fields of a dataclass, by the members' names on the wire. */
  members(type: NamedType): Map<string, string> {
    if (type.shape.kind !== 'struct') return new Map()
    const wishes = type.shape.members.map(({ name }) => ({
      text: name,
      path: step(type.path, 'properties', name),
    }))
    return assignNames(wishes, memberSpelling, 'field')
  }

  /** What the handler of a method gets beside its params: for a plain one, and for a coroutine. */
  contexts(method: string): { plain: string; coroutine: string } {
    const { plain, coroutine } = contextsOf(method)
    return { plain: this.type(plain), coroutine: this.type(coroutine) }
  }

  /** A method of a client, and of the handlers that answer it. */
  method(name: string): string {
    return nameOf(name, methodSpelling)
  }

  private checkSide(side: SideModel, path: string): void {
    const wishes = [
      ...side.methods.map(({ name }) => ({ text: name, path: step(path, 'methods', name) })),
      ...side.notifications.map(({ name }) => ({ text: name, path: step(path, 'notifications', name) })),
    ]
    assignNames(wishes, methodSpelling, 'method')
  }
}

const contextsOf = (method: string): { plain: string; coroutine: string } => ({
  plain: `${method} context`,
  coroutine: `${method} coroutine context`,
})

const sidesOf = (model: Model): { side: SideModel; path: string }[] => [
  { side: model.child, path: '/child' },
  { side: model.host, path: '/host' },
]

export const allMethods = (model: Model): MethodModel[] => [...model.child.methods, ...model.host.methods]
