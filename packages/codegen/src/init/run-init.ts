import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { applyPlan } from '../output/apply-plan.js'
import { CodegenError } from '../contract/codegen-error.js'
import { fileOfContract, isPackageAddress } from '../contract/contract-address.js'
import { generate, languages, targetOf } from '../generate/generate.js'
import { quoted } from '../print/javascript-text.js'
import { findConfig, loadConfig } from '../generate/load-config.js'
import { loadContract } from '../contract/load-contract.js'
import { countedFiles, planFiles } from '../output/plan-files.js'
import { readContract } from '../model/read-contract.js'
import { hostFile, starterContract } from './starter-files.js'
import type { OutputFile, Skeleton } from '../model/target.js'

export interface InitFlags {
  folder: string
  /** Which contract of a module. */
  contract?: string
}

const generated = 'generated'
const contractNames = ['contract.ts', 'contract.mts', 'contract.js', 'contract.mjs']

/**
 * `simple-ipc init`: a child program for a contract, which runs as it is, and a host that calls it. Nothing is
 * overwritten: if one of the files exists, nothing is written at all.
 */
export async function runInit(language: string, file: string | undefined, flags: InitFlags): Promise<void> {
  const target = targetOf(language)
  if (target.skeleton === undefined)
    throw new CodegenError(
      `init cannot create a program in ${target.title} yet (available: ${languages.filter(name => targetOf(name).skeleton !== undefined).join(', ')})`,
    )
  const { folder } = flags
  const source = file ?? contractNames.map(name => path.join(folder, name)).find(existsSync)
  const { json, openrpc, exportName } = await loadContract(source ?? starterContract, flags.contract)
  const model = readContract(json)
  const contract = source ?? path.join(folder, 'contract.ts')
  const skeleton = target.skeleton(model, { generated })
  const config = findConfig(folder)
  const host = exportName === undefined ? undefined : hostName(fileOfContract(contract))
  const own: OutputFile[] = [
    ...(source === undefined ? [{ path: 'contract.ts', text: readFileSync(starterContract, 'utf8') }] : []),
    ...(config === undefined
      ? [{ path: 'simple-ipc.config.ts', text: configFile(language, addressOf(folder, contract)) }]
      : []),
    ...skeleton.files,
    ...(host === undefined || exportName === undefined
      ? []
      : [
          {
            path: host,
            text: hostFile(model, { name: exportName, from: specifier(folder, contract) }, skeleton.command),
          },
        ]),
  ]
  refuseToOverwrite(folder, own)
  const files = generate(json, language, openrpc, { importPath: skeleton.importPath })
  applyPlan(
    planFiles([
      { folder, files: own },
      { folder: path.join(folder, generated), files },
    ]).flat(),
  )
  const shown = (name: string): string => path.join(folder, name)
  const forgotten = config === undefined ? undefined : await notIn(config, language, shown(generated))
  process.stdout.write(
    [
      ...own.map(({ path: name }) => `${shown(name)} is new`),
      `${shown(generated)} has the generated code, ${countedFiles(files.length)}`,
      ...(host === undefined ? ['A host is written only for a contract that is a module, not JSON.'] : []),
      ...(forgotten === undefined ? [] : [forgotten]),
      '',
      'Next:',
      ...nextSteps(folder, host, skeleton).map(step => `  ${step}`),
      '',
    ].join('\n'),
  )
}

/** What to add to a configuration that does not generate this yet. */
async function notIn(config: string, language: string, folder: string): Promise<string | undefined> {
  const jobs = await loadConfig(config)
  const folders = jobs.flatMap(({ out }) => [...out.values()])
  if (folders.some(each => path.resolve(each) === path.resolve(folder))) return undefined
  return `Add this to ${config}: out: { ${language}: ${quoted(relative(path.dirname(config), folder))} }`
}

function refuseToOverwrite(folder: string, own: readonly OutputFile[]): void {
  const there = own.map(file => path.join(folder, file.path)).filter(existsSync)
  if (there.length === 0) return
  throw new CodegenError(
    `${there.join(', ')} already ${there.length === 1 ? 'exists' : 'exist'}; nothing was written. Choose another folder with --folder <folder>`,
  )
}

/** TypeScript beside a contract in TypeScript, else JavaScript. */
const hostName = (contract: string): string => (/\.[cm]?ts$/.test(contract) ? 'host.ts' : 'host.mjs')

/** How the configuration and the host name the contract: a package by its name, a file as it is seen from the folder. */
const addressOf = (folder: string, contract: string): string =>
  isPackageAddress(contract) ? contract : relative(folder, contract)

const relative = (from: string, to: string): string =>
  path.relative(from, path.resolve(to)).replaceAll(path.sep, '/') || '.'

/** As an import names it: TypeScript's files by the names that they get when they are compiled. */
function specifier(folder: string, contract: string): string {
  if (isPackageAddress(contract)) return contract
  const name = relative(folder, contract).replace(/\.([cm]?)ts$/, '.$1js')
  return name.startsWith('.') ? name : `./${name}`
}

const configFile = (language: string, contract: string): string =>
  [
    `// What \`npx simple-ipc generate\` generates.`,
    `import { defineConfig } from '@simple-ipc/codegen'`,
    '',
    `export default defineConfig({ contract: ${quoted(contract)}, out: { ${language}: '${generated}' } })`,
    '',
  ].join('\n')

/** Commands, with what is missing first. */
function nextSteps(folder: string, host: string | undefined, { prepare, command }: Skeleton): string[] {
  const require = createRequire(path.resolve(folder, 'x.js'))
  const isMissing = (name: string): boolean => {
    try {
      require.resolve(name)
      return false
    } catch {
      return true
    }
  }
  const tools = ['@simple-ipc/codegen', ...(host === 'host.ts' ? ['tsx'] : [])].filter(isMissing)
  const runner = host === 'host.ts' ? 'npx tsx' : 'node'
  return [
    ...(path.resolve(folder) === path.resolve('.') ? [] : [`cd ${folder}`]),
    ...(isMissing('@simple-ipc/rpc') ? ['npm install @simple-ipc/rpc'] : []),
    ...(tools.length === 0 ? [] : [`npm install --save-dev ${tools.join(' ')}`]),
    ...prepare.map(words => words.join(' ')),
    host === undefined
      ? `${command.join(' ')}   is what a host starts`
      : `${runner} ${host}   calls each method once; all answer that they are not implemented yet`,
    'npx simple-ipc generate   after each change of the contract',
  ]
}
