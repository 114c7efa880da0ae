import { CodegenError, type Refusal } from '../contract/codegen-error.js'
import type { Model } from '../model/model.js'
import type { Target } from '../model/target.js'
import { targets } from '../targets/index.js'

/** What some language cannot say of a model or, if all can, cannot name; the first that is said of each place. */
export function languageRefusals(model: Model): Refusal[] {
  const unsaid = targets.flatMap(target => target.refusals?.(model) ?? [])
  return firstOfEach(unsaid.length > 0 ? unsaid : targets.flatMap(target => nameRefusals(target, model)))
}

function nameRefusals(target: Target, model: Model): readonly Refusal[] {
  try {
    target.checkNames(model)
    return []
  } catch (error) {
    if (!(error instanceof CodegenError)) throw error
    return error.refusals.map(each => ({ ...each, message: `${each.message} (${target.title})` }))
  }
}

function firstOfEach(refusals: readonly Refusal[]): Refusal[] {
  const found = new Map<string, Refusal>()
  for (const refusal of refusals) {
    const key = `${refusal.path} ${refusal.whole ?? ''}`
    if (!found.has(key)) found.set(key, refusal)
  }
  return [...found.values()]
}
