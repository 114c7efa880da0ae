/** Names of another module that code may use: what is imported is what was written. */
export class ImportedNames<Name extends string> {
  private readonly all: readonly Name[]
  private readonly found = new Set<Name>()

  /** In the order in which they are to be imported. */
  constructor(all: readonly Name[]) {
    this.all = all
  }

  /** The name, which is imported from now on. */
  use<Used extends Name>(name: Used): Used {
    this.found.add(name)
    return name
  }

  /** Those that were used. */
  get used(): readonly Name[] {
    return this.all.filter(name => this.found.has(name))
  }
}
