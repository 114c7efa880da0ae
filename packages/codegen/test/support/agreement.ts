import { imported, judged } from './imported-schema.js'
import { randomDocument, randomValue } from './random-json-schema.js'
import { Random } from './random.js'

export interface Agreement {
  accepted: number
  refused: number
  /** Values that some schema accepted, and that it did not. */
  fitting: number
  unfitting: number
  disagreements: string[]
}

/** Imports random schemas and asks for random values what another implementation says of them. */
export function compareRandomly(first: number, count: number): Agreement {
  const found: Agreement = { accepted: 0, refused: 0, fitting: 0, unfitting: 0, disagreements: [] }
  for (let seed = first; seed < first + count; seed++) {
    const draft = seed % 2 === 0 ? 'draft-07' : '2020-12'
    const random = new Random(seed)
    const schema = randomDocument(random, draft)
    const ours = imported(schema)
    if (typeof ours === 'string') {
      found.refused++
      continue
    }
    const theirs = judged(schema, draft)
    if (theirs === undefined) continue
    found.accepted++
    for (let i = 0; i < 40; i++) {
      const value = randomValue(random)
      const fits = theirs(value)
      if (fits) found.fitting++
      else found.unfitting++
      if (ours(value) === fits) continue
      found.disagreements.push(
        `seed ${seed} ${fits ? 'accepts' : 'refuses'} ${JSON.stringify(value)}: ${JSON.stringify(schema)}`,
      )
      break
    }
  }
  return found
}
