import path from 'node:path'
import { CodegenError } from '../contract/codegen-error.js'
import { importJsonSchema } from './json-schema/import-json-schema.js'
import { importLsp } from './lsp/import-lsp.js'
import { metaModelFault, type LspMetaModel } from './lsp/lsp-meta-model.js'
import { importOpenRpc } from './openrpc/import-openrpc.js'
import type { ImportFlags, Source } from './run-import.js'
import { askProgram } from './source/ask-program.js'
import { readSource, shown } from './source/read-source.js'

export interface OpenRpcFlags extends ImportFlags {
  params?: 'by-name' | 'by-position'
  foreign?: true | 'lsp' | 'mcp' | 'none'
}
export interface JsonSchemaFlags extends ImportFlags {
  name?: string
}

/** Long work says on stderr what it is at, if somebody is there to see it. */
const progressOf =
  ({ quiet }: ImportFlags) =>
  (text: string): void => {
    if (quiet !== true && process.stderr.isTTY) process.stderr.write(`simple-ipc: ${text}\n`)
  }

export function lspSource(file: string, flags: ImportFlags): Source {
  const document = readSource(file, progressOf(flags))
  const fault = metaModelFault(document)
  if (fault !== undefined) throw new CodegenError(`${shown(file)} ${fault}`)
  const model = document as LspMetaModel
  const { version } = model.metaData
  return {
    shown: shown(file),
    from: `the meta model of the Language Server Protocol ${version}`,
    revision: version,
    read: () => importLsp(model),
  }
}

export const openRpcSource = (file: string, flags: OpenRpcFlags): Source =>
  ofOpenRpc(readSource(file, progressOf(flags)), shown(file), flags)

/** A program that describes itself while it runs. */
export async function programSource(
  command: readonly [string, ...string[]],
  flags: OpenRpcFlags,
): Promise<Source> {
  progressOf(flags)(`asks ${command.join(' ')} what it can do`)
  return ofOpenRpc(await askProgram(command), command.join(' '), flags)
}

function ofOpenRpc(document: unknown, shown: string, flags: OpenRpcFlags): Source {
  const { params = 'by-name', foreign } = flags
  const info = (document as { info?: { title?: unknown; version?: unknown } } | null)?.info
  const [title, version] = [info?.title, info?.version].map(text =>
    typeof text === 'string' && text !== '' ? text : 'unknown',
  )
  return {
    shown,
    from: `the OpenRPC document ${title ?? ''} ${version ?? ''}`,
    revision: typeof info?.version === 'string' ? info.version : undefined,
    read: exceptions => {
      progressOf(flags)(`reads ${shown}`)
      return importOpenRpc(document, {
        exceptions,
        params,
        ...(foreign === undefined ? {} : { foreign: { cancel: foreign === true ? 'none' : foreign } }),
      })
    },
  }
}

export function jsonSchemaSource(file: string, flags: JsonSchemaFlags): Source {
  const name =
    flags.name ?? (file === '-' ? 'types' : path.basename(file).replace(/(\.schema)?\.(json|ya?ml)$/i, ''))
  const document = readSource(file, progressOf(flags))
  return {
    shown: shown(file),
    from: `the JSON Schema definitions ${name}`,
    read: exceptions => {
      progressOf(flags)(`reads ${shown(file)}`)
      return importJsonSchema(document, { name, exceptions })
    },
  }
}
