import type { Member } from '../contract/members.js'
import { metaTooLarge, unusableMeta } from '../errors/meta-errors.js'
import { textOf } from '../errors/thrown.js'
import { carriedText, metaBytes, metaFault, mostMetaBytes, type Meta } from '../protocol/carried.js'
import type { Id } from '../protocol/message.js'

/** The request in whose handler a call is made: what it brought is passed on. Without an id it is meta alone. */
export interface Served {
  readonly id?: Id
  readonly meta: Meta
}

/** What calls and notifications carry besides their params. */
export class CallMeta {
  private readonly source: (() => Meta) | undefined
  private readonly isForeign: boolean

  /** @param source asked when a call is made, for it may look at what runs then */
  constructor(source: (() => Meta) | undefined, isForeign: boolean) {
    this.source = source
    this.isForeign = isForeign
  }

  /** As members of the message. Throws an RpcError if it cannot be sent. */
  textFor({ name }: Member, own: Meta | null | undefined, served: Served | undefined): string {
    const { source } = this
    if (this.isForeign || (source === undefined && own === undefined && served === undefined)) return ''
    // What is passed on was checked when it arrived, and what the option says when it was asked.
    const fault = own === undefined || own === null ? undefined : metaFault(own)
    if (fault !== undefined) throw unusableMeta(name, `its meta ${fault}`)
    const meta = own === null ? {} : { ...served?.meta, ...askForMeta(name, source), ...own }
    const text = carriedText(meta, served?.id)
    if (text.length * 3 > mostMetaBytes) {
      const bytes = metaBytes(meta)
      if (bytes > mostMetaBytes) throw metaTooLarge(name, bytes, mostMetaBytes)
    }
    return text
  }
}

/** What the option `meta` says now. Throws an RpcError if that cannot be sent. */
export function askForMeta(method: string, source: (() => Meta) | undefined): Meta | undefined {
  let meta: unknown
  try {
    meta = source?.()
  } catch (error) {
    throw unusableMeta(method, `the option meta threw: ${textOf(error)}`, error)
  }
  const fault = meta === undefined ? undefined : metaFault(meta)
  if (fault !== undefined) throw unusableMeta(method, `what the option meta returned ${fault}`)
  return meta as Meta | undefined
}
