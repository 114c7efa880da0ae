import type { PlainContract, PlainMethod, PlainSchema, PlainSide } from '@simple-ipc/rpc'
import type { ImportResult } from '../base/import-result.js'
import { LspTypes, lspDocs } from './lsp-types.js'
import type { LspMetaModel, LspNotification, LspRequest } from './lsp-meta-model.js'

/**
 * The Language Server Protocol as a contract: the host is the editor, the child the language server. What the meta
 * model says of registration, of partial results and of data in errors without a code has no place in a contract; the
 * types for it are there.
 */
export function importLsp(model: LspMetaModel): ImportResult {
  const types = new LspTypes(model)
  const all = types.all()
  const reports = types.oneOf(workDone)
  if (reports !== undefined) all[progressType] ??= reports
  const side = (direction: 'clientToServer' | 'serverToClient'): PlainSide => {
    const goes = ({ messageDirection }: LspNotification): boolean =>
      messageDirection === direction || messageDirection === 'both'
    return {
      methods: Object.fromEntries(
        model.requests
          .filter(goes)
          .map(request => [request.method, readRequest(request, types, reports !== undefined)]),
      ),
      notifications: Object.fromEntries(
        model.notifications
          .filter(notification => goes(notification) && notification.method !== cancelling)
          .map(notification => [notification.method, readNotification(notification, types)]),
      ),
    }
  }
  const contract: PlainContract = {
    name: 'lsp',
    version: model.metaData.version,
    types: all,
    foreign: { cancel: 'lsp', progress: 'lsp' },
    child: side('clientToServer'),
    host: side('serverToClient'),
  }
  return { contract, refusals: types.refusals, notes: [] }
}

/** A contract says with `foreign` how calls are cancelled: the peer sends and handles this message itself. */
const cancelling = '$/cancelRequest'

/** What a server reports of a request that carries a token for it, and how it is called as one type. */
const progressType = 'WorkDoneProgress'
const workDone = ['WorkDoneProgressBegin', 'WorkDoneProgressReport', 'WorkDoneProgressEnd']

function readRequest(request: LspRequest, types: LspTypes, reports: boolean): PlainMethod {
  const path = `/requests/${request.method}`
  const description = lspDocs(
    request,
    request.errorData === undefined ? [] : [`Data of its errors: ${types.shown(request.errorData)}.`],
  )
  const reportsProgress = reports && types.has(request.params, 'workDoneToken')
  const answers = request.result.kind !== 'base' || request.result.name !== 'null'
  return {
    ...(description === undefined ? {} : { description }),
    ...(request.deprecated === undefined ? {} : { deprecated: true }),
    ...(request.params === undefined ? {} : { params: types.use(request.params, `${path}/params`) }),
    ...(reportsProgress ? { progress: { $ref: progressType } } : {}),
    ...(answers ? { result: types.use(request.result, `${path}/result`) } : {}),
  }
}

function readNotification(notification: LspNotification, types: LspTypes): PlainSchema {
  const description = lspDocs(notification)
  const schema: PlainSchema =
    notification.params === undefined
      ? { type: 'object', properties: {} }
      : types.use(notification.params, `/notifications/${notification.method}/params`)
  return description === undefined ? schema : { ...schema, description }
}
