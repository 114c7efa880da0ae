import type { Target } from '../../model/target.js'
import { contractModule } from './contract-module.js'
import { TypeScriptNames } from './names/names.js'
import { skeleton } from './skeleton.js'

export const typescript: Target = {
  name: 'typescript',
  title: 'TypeScript',
  files: (model, context) => {
    const names = new TypeScriptNames(model)
    return [{ path: `${names.file}.ts`, text: contractModule(model, names, context) }]
  },
  skeleton,
}
