import path from 'node:path'
import { CodegenError } from './codegen-error.js'
import { generate, targetOf } from './generate.js'
import { loadContract } from './load-contract.js'
import { differences, writeFiles, type Written } from './write-files.js'

export interface GenerateFlags {
  lang: string
  out: string
  contract?: string
  check?: boolean
  quiet?: boolean
}

/** `simple-ipc generate`. Everything is generated before anything is written. */
export async function runGenerate(file: string, flags: GenerateFlags): Promise<void> {
  const languages = [
    ...new Set(
      flags.lang
        .split(',')
        .map(name => name.trim())
        .filter(name => name !== ''),
    ),
  ]
  if (languages.length === 0) throw new CodegenError('--lang names no language')
  const folderOf = folders(flags.out, languages)
  for (const language of languages) targetOf(language)
  const { json, openrpc } = await loadContract(file, flags.contract)
  const jobs = languages.map(language => ({
    language,
    folder: folderOf(language),
    files: generate(json, language, openrpc),
  }))
  if (flags.check === true) {
    const found = jobs.map(({ folder, files }) => differences(folder, files)).join('')
    if (found === '') {
      say(flags, 'Everything is up to date.')
      return
    }
    process.stdout.write(found)
    process.stderr.write(
      `The generated files are not up to date with ${file}; run the same command without --check\n`,
    )
    process.exitCode = 1
    return
  }
  for (const { language, folder, files } of jobs)
    say(flags, summary(language, folder, writeFiles(folder, files)))
}

function say(flags: GenerateFlags, text: string): void {
  if (flags.quiet !== true) process.stdout.write(`${text}\n`)
}

function summary(language: string, folder: string, written: readonly Written[]): string {
  const count = (state: Written['state']): number => written.filter(file => file.state === state).length
  const parts = (['new', 'changed', 'unchanged'] as const).filter(state => count(state) > 0)
  return `${targetOf(language).title}: ${written.length} files in ${path.normalize(folder)} (${parts.map(state => `${count(state)} ${state}`).join(', ')})`
}

/** One folder for all, or `python=py,go=internal/ipc`. */
function folders(out: string, languages: readonly string[]): (language: string) => string {
  if (!out.includes('=')) {
    return language => (languages.length === 1 ? out : path.join(out, language))
  }
  const byLanguage = new Map(
    out.split(',').map(entry => {
      const [language = '', ...rest] = entry.split('=')
      return [language.trim(), rest.join('=').trim()] as const
    }),
  )
  return language => {
    const folder = byLanguage.get(language)
    if (folder === undefined || folder === '')
      throw new CodegenError(`--out names no folder for ${language}; write ${language}=<folder>`)
    return folder
  }
}
