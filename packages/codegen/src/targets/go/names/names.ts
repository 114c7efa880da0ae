import { assignNames, nameOf } from '../../../naming/assign-names.js'
import { step } from '../../../contract/contract-json.js'
import type { Kind, LiteralValue, MethodModel, Model, NamedType, SideModel } from '../../../model/model.js'
import {
  exported,
  fieldSpelling,
  methodSpelling,
  nameSpelling,
  packageLevel,
  packageSpelling,
  tailSpelling,
} from './facts.js'
import { wrappedKinds } from './shapes.js'

/** The package of a contract. */
export const packageOf = (contract: string): string => nameOf(contract, packageSpelling)

/** How everything of a contract is called in Go. */
export class GoNames {
  readonly package: string
  private readonly names: Map<string, string>

  constructor(model: Model) {
    this.package = packageOf(model.name)
    const wishes = new Map<string, string>()
    const paths = new Map<string, string>()
    const wish = (key: string, name: string, path: string): void => {
      wishes.set(key, name)
      paths.set(key, path)
    }
    for (const type of model.types) {
      const { id, path, shape } = type
      const name = nameOf(id, nameSpelling)
      wish(typeKey(id), name, path)
      for (const kind of wrappedKinds(type, model)) wish(kindKey(id, kind), kindName(type, name, kind), path)
      if (shape.kind === 'union' && shape.branches.some(branch => branch.by === 'tag' && branch.open))
        wish(unknownKey(id), `${name}Unknown`, path)
      if (shape.kind === 'enum')
        for (const [i, value] of shape.values.entries())
          if (value !== null)
            wish(valueKey(id, value), name + nameOf(valueText(value), tailSpelling), step(path, 'enum', i))
    }
    for (const { side, path } of sidesOf(model))
      for (const method of side.methods)
        for (const error of method.errors)
          wish(
            errorKey(error.id),
            exported(error.id).replace(/(?:Error)?$/, 'Error'),
            step(path, 'methods', method.name, 'errors', error.name),
          )
    for (const { id, path } of model.types.filter(isDeclared)) {
      const name = nameOf(id, nameSpelling)
      wish(`decode ${id}`, `Decode${name}`, path)
      wish(`encode ${id}`, `Encode${name}`, path)
    }
    const final = assignNames(
      [...wishes].map(([key, text]) => ({ text, path: paths.get(key) ?? '' })),
      packageLevel,
      'name',
    )
    this.names = new Map([...wishes].map(([key, name]) => [key, final.get(name) ?? name]))
    for (const { side, path } of sidesOf(model)) this.checkSide(side, path)
  }

  type(id: string): string {
    return this.named(typeKey(id))
  }

  error(id: string): string {
    return this.named(errorKey(id))
  }

  /** The type of a union's or a list's values of one kind. */
  kind(id: string, kind: Kind): string {
    return this.named(kindKey(id, kind))
  }

  unknown(id: string): string {
    return this.named(unknownKey(id))
  }

  /** The constant of a listed value. */
  value(id: string, value: LiteralValue): string {
    return this.named(valueKey(id, value))
  }

  decoder(id: string): string {
    return this.named(`decode ${id}`)
  }

  encoder(id: string): string {
    return this.named(`encode ${id}`)
  }

  /** The fields of a struct, by the members' names on the wire. */
  members(type: NamedType): Map<string, string> {
    if (type.shape.kind !== 'struct') return new Map()
    const wishes = type.shape.members.map(({ name }) => ({
      text: name,
      path: step(type.path, 'properties', name),
    }))
    return assignNames(wishes, fieldSpelling, 'field')
  }

  method(name: string): string {
    return nameOf(name, methodSpelling)
  }

  private named(key: string): string {
    const name = this.names.get(key)
    if (name === undefined) throw new Error(`there is no name for ${key}`)
    return name
  }

  private checkSide(side: SideModel, path: string): void {
    const wishes = [
      ...side.methods.map(({ name }) => ({ text: name, path: step(path, 'methods', name) })),
      ...side.notifications.map(({ name }) => ({ text: name, path: step(path, 'notifications', name) })),
    ]
    assignNames(wishes, methodSpelling, 'method')
  }
}

/** `Shape`, `string` → `ShapeString`; `ShapeStringValue` if the values of that kind have a type of that name. */
function kindName({ shape }: NamedType, union: string, kind: Kind): string {
  const name = union + exported(kind)
  const isTaken =
    shape.kind === 'union' &&
    shape.branches.some(
      branch =>
        branch.by === 'kind' && branch.type.kind === 'named' && nameOf(branch.type.id, nameSpelling) === name,
    )
  return isTaken ? `${name}Value` : name
}

const typeKey = (id: string): string => `type ${id}`
const kindKey = (id: string, kind: Kind): string => `kind ${kind} ${id}`
const unknownKey = (id: string): string => `unknown ${id}`
const errorKey = (id: string): string => `error ${id}`
const valueKey = (id: string, value: LiteralValue): string => `value ${JSON.stringify(value)} ${id}`

/** The words of a listed value; signs that tell numbers apart are spelled out. */
const valueText = (value: LiteralValue): string =>
  typeof value === 'number'
    ? String(value).replace('-', ' minus ').replace('+', '').replace('.', ' point ')
    : String(value)

/** Does the contract's registry name it? */
export const isDeclared = ({ path }: NamedType): boolean => /^\/types\/[^/]*$/.test(path)

const sidesOf = (model: Model): { side: SideModel; path: string }[] => [
  { side: model.child, path: '/child' },
  { side: model.host, path: '/host' },
]

export const allMethods = (model: Model): MethodModel[] => [...model.child.methods, ...model.host.methods]
