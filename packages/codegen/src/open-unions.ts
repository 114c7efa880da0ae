import type { Refusal } from './codegen-error.js'
import type { Model } from './model.js'

/** For a language that has no code yet for open unions of objects: better none than code that refuses what may come. */
export const refuseOpenUnions = (model: Model, language: string): Refusal[] =>
  model.types.flatMap(({ path, shape }) =>
    shape.kind === 'union' && shape.branches.some(branch => branch.by === 'tag' && branch.open)
      ? [
          {
            path,
            message: `is an open union of objects, for which there is no ${language} yet; leave out Open, or open an enum inside instead`,
          },
        ]
      : [],
  )
