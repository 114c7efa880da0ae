import type { Model } from '../../../model/model.js'
import type { Imports } from '../print/imports.js'
import type { PythonNames } from '../names/names.js'

/** Texts that are too long for the line on which they are used have a name. */
export interface LongStrings {
  /** A string literal, or the name of a constant. */
  of(text: string): string
  /** The same inside an f-string. */
  inside(text: string): string
  /** The name of the type whose only value is a text. */
  type(text: string): string
}

/** What types are written with. */
export interface TypeContext {
  /** Types that are declared above what is written now. */
  declared: Set<string>
  names: PythonNames
  imports: Imports
  strings: LongStrings
}

/** What classes and aliases are written with. */
export interface DeclarationContext extends TypeContext {
  model: Model
}
