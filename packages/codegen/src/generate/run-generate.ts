import path from 'node:path'
import { applyPlan } from '../output/apply-plan.js'
import { CodegenError, reasonOf } from '../contract/codegen-error.js'
import { generate, targetOf } from './generate.js'
import type { Job } from './load-config.js'
import { loadContract } from '../contract/load-contract.js'
import { refineRules } from '../contract/refine-rules.js'
import type { Output } from '../output/obsolete-files.js'
import { countedFiles, planFiles, type PlannedFile } from '../output/plan-files.js'
import { selectJobs, type JobFlags, type SelectedJobs } from './select-jobs.js'
import { showDifferences } from '../output/show-differences.js'

export interface GenerateFlags extends JobFlags {
  check?: boolean
  quiet?: boolean
}

/**
 * `simple-ipc generate`. Everything is generated before anything is written, for all contracts and languages; then all
 * is written or nothing. False: the files are not up to date, which only `--check` asks.
 */
export async function runGenerate(file: string | undefined, flags: GenerateFlags): Promise<boolean> {
  const outputs: (Output & { title: string })[] = []
  const { jobs, replaces } = await selectJobs(file, flags)
  for (const job of jobs) outputs.push(...(await outputsOf(job, replaces, flags)))
  const plans = planFiles(outputs)
  const plan = plans.flat()
  if (flags.check === true) {
    const found = showDifferences(plan)
    if (found !== '') {
      process.stdout.write(found)
      for (const line of abandoned(plan, 'is')) process.stderr.write(`${line}\n`)
      process.stderr.write('The generated files are not up to date; run the same command without --check\n')
      return false
    }
    say(flags, 'Everything is up to date.')
    return true
  }
  applyPlan(plan)
  outputs.forEach(({ title, folder }, i) => say(flags, summary(title, folder, plans[i] ?? [])))
  for (const line of abandoned(plan, 'was deleted; it was')) say(flags, line)
  return true
}

/** The files of one contract in each of its languages. */
async function outputsOf(
  { contract: file, name, out, goImport }: Job,
  replaces: SelectedJobs['replaces'],
  flags: GenerateFlags,
): Promise<(Output & { title: string })[]> {
  const { contract, json, openrpc } = await loadContract(file, name, flags)
  for (const path of flags.quiet === true ? [] : refineRules(contract.spec))
    process.stderr.write(
      `${file}, ${path}: the rule of Type.Refine is checked in TypeScript only; other languages accept what it refuses\n`,
    )
  return [...out].map(([language, folder]) => {
    try {
      const target = targetOf(language)
      const { title, importPath } = target
      const path = goImport === undefined ? importPath?.of(folder) : importPath?.checked(goImport)
      return {
        title,
        folder,
        files: generate(json, language, openrpc, { importPath: path }),
        generated: { hash: json.hash, replaces, contractFiles: name => target.contractFiles(name) },
      }
    } catch (error) {
      if (!(error instanceof CodegenError)) throw error
      throw new CodegenError(`${file}, ${targetOf(language).title}: ${reasonOf(error)}`)
    }
  })
}

/** The files of contracts that are generated no more, each in a line. */
const abandoned = (plan: readonly PlannedFile[], verb: string): string[] =>
  plan.flatMap(({ path: file, contract }) =>
    contract === undefined
      ? []
      : [`${file} ${verb} generated from the contract '${contract}', which is no longer generated there`],
  )

function say(flags: GenerateFlags, text: string): void {
  if (flags.quiet !== true) process.stdout.write(`${text}\n`)
}

function summary(title: string, folder: string, plan: readonly PlannedFile[]): string {
  const count = (state: PlannedFile['state']): number => plan.filter(file => file.state === state).length
  const parts = (['new', 'changed', 'unchanged', 'obsolete'] as const)
    .filter(state => count(state) > 0)
    .map(state => `${count(state)} ${state === 'obsolete' ? 'deleted' : state}`)
  return `${title}: ${countedFiles(plan.length - count('obsolete'))} in ${path.normalize(folder)} (${parts.join(', ')})`
}
