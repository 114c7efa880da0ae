import { ImportedNames } from '../../../print/imported-names.js'
import { imported } from './facts.js'

const types: ReadonlySet<string> = new Set(imported.types)

/** What a file needs of the package that generated code is based on. */
export class RuntimeImports extends ImportedNames<(typeof imported)['values' | 'types'][number]> {
  constructor() {
    super([...imported.values, ...imported.types])
  }

  /** As an import lists them. */
  get parts(): readonly string[] {
    return this.used.map(name => (types.has(name) ? `type ${name}` : name))
  }
}
