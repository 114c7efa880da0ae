import type { Refusal } from '../../../contract/codegen-error.js'
import type { Model } from '../../../model/model.js'
import { trials } from '../../../model/untagged.js'
import { isInterface } from '../names/shapes.js'

/** Unions of which the first type that fits is read, where one of these is an interface: it can have no methods of ours. */
export const triedInterfaces = (model: Model): Refusal[] =>
  trials(model).flatMap(({ type, branch }) =>
    branch.variants
      .filter(variant => isInterface(variant, model))
      .map(variant => ({
        path: type.path,
        message: `tries ${model.typeOf(variant.id).path}, which is a union or a list of several kinds itself; write its branches here, or make it a member of an object`,
      })),
  )
