import { nameOfStep, step } from '../json/json-pointer.js'
import type { Issue } from './check-context.js'
import { messages } from './issue-messages.js'

/** On the way to what is nested too deep: the first value that is inside itself, where that shows. */
export function findCycle(path: string, root: unknown): Issue | undefined {
  const around = new Set<unknown>([root])
  let value = root
  let here = ''
  for (const part of path.split('/').slice(1)) {
    const name = nameOfStep(part)
    value = (value as Readonly<Record<string, unknown>>)[name]
    here += step(name)
    if (around.has(value)) return { path: here, message: messages.cycle() }
    around.add(value)
  }
  return undefined
}
