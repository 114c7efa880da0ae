// The Language Server Protocol's meta model, as far as it is read (its own description: metaModel.schema.json).

export interface LspMetaModel {
  metaData: { version: string }
  requests: LspRequest[]
  notifications: LspNotification[]
  structures: LspStructure[]
  enumerations: LspEnumeration[]
  typeAliases: (LspDocs & { name: string; type: LspType })[]
}
export interface LspDocs {
  documentation?: string
  since?: string
  deprecated?: string
  proposed?: boolean
}
export interface LspNotification extends LspDocs {
  method: string
  messageDirection: 'clientToServer' | 'serverToClient' | 'both'
  params?: LspType
}
export interface LspRequest extends LspNotification {
  result: LspType
  errorData?: LspType
}
export interface LspStructure extends LspDocs {
  name: string
  properties: LspProperty[]
  extends?: LspType[]
  mixins?: LspType[]
}
export interface LspProperty extends LspDocs {
  name: string
  type: LspType
  optional?: boolean
}
export interface LspEnumeration extends LspDocs {
  name: string
  type: { kind: 'base'; name: string }
  values: (LspDocs & { name: string; value: string | number })[]
  supportsCustomValues?: boolean
}
export type LspType =
  | { kind: 'base' | 'reference'; name: string }
  | { kind: 'array'; element: LspType }
  | { kind: 'map'; key: LspType; value: LspType }
  | { kind: 'and' | 'or' | 'tuple'; items: LspType[] }
  | { kind: 'literal'; value: { properties: LspProperty[] } }
  | { kind: 'stringLiteral'; value: string }
  | { kind: 'integerLiteral'; value: number }
  | { kind: 'booleanLiteral'; value: boolean }

const lists = ['requests', 'notifications', 'structures', 'enumerations', 'typeAliases'] as const

/** Why a document is not a meta model, or undefined. */
export function metaModelFault(document: unknown): string | undefined {
  const model = document as Partial<LspMetaModel> | null
  if (typeof model !== 'object' || model === null || typeof model.metaData?.version !== 'string')
    return 'is not a meta model of the Language Server Protocol: it has no metaData.version; use metaModel.json of the specification'
  const missing = lists.find(name => !Array.isArray(model[name]))
  return missing === undefined ? undefined : `is not a complete meta model: its list '${missing}' is missing`
}
