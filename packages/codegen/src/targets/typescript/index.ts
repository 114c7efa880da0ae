import type { Target } from '../../model/target.js'
import { contractModule } from './contract-module.js'
import { fileOf, TypeScriptNames } from './names/names.js'
import { skeleton } from './skeleton.js'

export const typescript: Target = {
  name: 'typescript',
  title: 'TypeScript',
  checkNames: model => {
    const names = new TypeScriptNames(model)
    for (const { id } of model.types) names.type(id)
  },
  contractFiles,
  files: (model, context) => {
    const [own = ''] = contractFiles(model.name)
    return [{ path: own, text: contractModule(model, new TypeScriptNames(model), context) }]
  },
  skeleton,
}

function contractFiles(name: string): string[] {
  return [`${fileOf(name)}.ts`]
}
