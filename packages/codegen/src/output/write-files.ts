import { applyPlan } from './apply-plan.js'
import { planFiles, type PlannedFile } from './plan-files.js'
import type { OutputFile } from '../model/target.js'

/** Writes files below a folder, all of them or none, and returns what happened to each. */
export function writeFiles(folder: string, files: readonly OutputFile[]): PlannedFile[] {
  const plan = planFiles([{ folder, files }]).flat()
  applyPlan(plan)
  return plan
}
