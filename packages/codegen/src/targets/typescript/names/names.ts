import { assignNames, nameOf, type Wish } from '../../../naming/assign-names.js'
import { step } from '../../../contract/contract-json.js'
import type { Model, SideModel } from '../../../model/model.js'
import { classSpelling, errorSpelling, fileSpelling, methodSpelling } from './facts.js'

/** What is generated beside the contract's types, by its role. */
const roles = ['client', 'client options', 'handlers', 'host', 'host handlers'] as const
export type ClassRole = (typeof roles)[number]

/** The file of a contract, without its ending. */
export const fileOf = (contract: string): string => nameOf(contract, fileSpelling)

/** How everything of a contract is called in TypeScript. Members keep the names that they have on the wire. */
export class TypeScriptNames {
  readonly file: string
  /** The function that makes a program the child. */
  readonly serve: string
  private readonly contract: string
  private readonly classes: Map<string, string>
  private readonly errors: Map<string, string>

  constructor(model: Model) {
    this.contract = shortened(model.name)
    this.file = fileOf(model.name)
    this.serve = `serve${nameOf(this.contract, { ...classSpelling, reserved: new Set(), prefix: '' })}`
    const ours = roles.map((role): Wish => ({ text: this.roleText(role), path: '/name' }))
    const types = model.types.map(({ id, path }): Wish => ({ text: id, path }))
    const errors = sidesOf(model).flatMap(({ here, path }) =>
      here.methods.flatMap(method =>
        method.errors.map((error): Wish => ({
          text: error.id,
          path: step(path, 'methods', method.name, 'errors', error.name),
        })),
      ),
    )
    // Errors are classes beside the others; the suffix is part of their text.
    const spelled = errors.map(({ text, path }) => ({ text: nameOf(text, errorSpelling), path }))
    this.classes = assignNames([...ours, ...types, ...spelled], classSpelling, 'type')
    this.errors = new Map(errors.map(({ text }, i) => [text, this.type(spelled[i]?.text ?? '')]))
    for (const { here, there, path } of sidesOf(model)) checkMethods(here, there, path)
  }

  type(id: string): string {
    return this.classes.get(id) ?? id
  }

  role(role: ClassRole): string {
    return this.type(this.roleText(role))
  }

  error(id: string): string {
    return this.errors.get(id) ?? id
  }

  /** A method, or a notification that is sent. */
  method(name: string): string {
    return nameOf(name, methodSpelling)
  }

  /** The method that listens to a notification. */
  listener(name: string): string {
    return nameOf(`on ${name}`, methodSpelling)
  }

  private roleText(role: ClassRole): string {
    return `${this.contract} ${role}`
  }
}

/** So that a line has room for the names that begin with a contract's. */
const longestContract = { most: 60, widthOf: (text: string) => text.length, joint: '' }

const shortened = (contract: string): string =>
  contract.length <= longestContract.most
    ? contract
    : nameOf(contract, { ...classSpelling, reserved: new Set(), longest: longestContract })

interface NamedSide {
  here: SideModel
  there: SideModel
  path: string
}
const sidesOf = (model: Model): NamedSide[] => [
  { here: model.child, there: model.host, path: '/child' },
  { here: model.host, there: model.child, path: '/host' },
]

/** Who calls a side has its methods and notifications, and listens to those that it sends. */
function checkMethods(here: SideModel, there: SideModel, path: string): void {
  const other = path === '/child' ? '/host' : '/child'
  const wishes = [
    ...here.methods.map(({ name }) => ({ text: name, path: step(path, 'methods', name) })),
    ...here.notifications.map(({ name }) => ({ text: name, path: step(path, 'notifications', name) })),
    ...there.notifications.map(({ name }) => ({
      text: `on ${name}`,
      path: step(other, 'notifications', name),
    })),
  ]
  assignNames(wishes, methodSpelling, 'method')
}
