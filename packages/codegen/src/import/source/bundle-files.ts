import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../../contract/codegen-error.js'
import { parseDocument } from './parse-document.js'

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the other files are in the document. */
const filesKey = '$files'

/** The address of the document itself, to which the other files may refer. */
const rootAddress = 'document:/'

interface File {
  file: string
  node: unknown
  /** What references to it begin with. */
  address: string
}

/**
 * The document with all files that it refers to inside it, and with references that lead there. A reference that names no
 * file stays as it is.
 */
export function bundleFiles(document: unknown, file: string, onFile: (file: string) => void): unknown {
  if (!isNode(document)) return document
  const root: File = { file: path.resolve(file), node: structuredClone(document), address: rootAddress }
  const id = (document as { $id?: unknown }).$id
  if (isAbsolute(id)) root.address = id.replace(/#.*$/su, '')
  const files = new Map([[root.file, root]])
  const names = new Map<string, string>()
  const waiting = [root]
  for (let from = waiting.shift(); from !== undefined; from = waiting.shift())
    mapReferences(from.node, reference => {
      const [name = '', fragment] = reference.split(/#(.*)/su)
      const target = name === '' || isAbsolute(name) ? undefined : fileOf(name, from.file)
      if (target === undefined) return reference
      let known = files.get(target)
      if (known === undefined) {
        known = load(target, names)
        onFile(path.relative(process.cwd(), target))
        files.set(target, known)
        waiting.push(known)
      }
      return `${known.address}#${fragment ?? ''}`
    })
  const others = [...files.values()].filter(each => each !== root)
  if (others.length === 0) return document
  const inside = others.map(({ file, node }) => [names.get(file) ?? file, node])
  return { ...(root.node as Node), [filesKey]: Object.fromEntries(inside) as unknown }
}

function load(file: string, names: Map<string, string>): File {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CodegenError(`${file} cannot be read: ${reasonOf(error)}`)
  }
  const node = parseDocument(text, file)
  const base = path.basename(file).replace(/(\.schema)?\.(json|ya?ml)$/iu, '')
  const taken = new Set(names.values())
  let name = base
  for (let i = 2; taken.has(name); i++) name = `${base}_${i}`
  names.set(file, name)
  const own = isNode(node) ? node['$id'] : undefined
  const address = isAbsolute(own) ? own.replace(/#.*$/su, '') : `file:/${encodeURIComponent(name)}`
  if (isNode(node)) node['$id'] = address
  return { file, node, address }
}

const isAbsolute = (reference: unknown): reference is string =>
  typeof reference === 'string' && /^[a-z][a-z0-9+.-]*:/iu.test(reference)

function fileOf(name: string, from: string): string | undefined {
  const file = path.resolve(path.dirname(from), decodeURIComponent(name))
  return existsSync(file) ? file : undefined
}

/** Replaces the references in a document, in their places. */
function mapReferences(value: unknown, map: (reference: string) => string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    if (key === '$ref' && typeof inner === 'string') (value as Node)[key] = map(inner)
    else mapReferences(inner, map)
}
