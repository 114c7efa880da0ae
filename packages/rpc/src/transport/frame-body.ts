import { ByteBlocks } from './byte-blocks.js'
import { HeaderInside } from './header-inside.js'
import { isJson, JsonEnd, opensJson } from './json-end.js'

const LF = 10
/** Of a body over the limit only the head is kept. */
const headBytes = 1024
/** Whether a body ends before its length says so is looked for in its first bytes only: long ones need the time. */
const longestDoubt = 64 * 1024

/**
 * Why a body is over: it has the bytes that its header announced; its JSON is whole, and more was announced; the next
 * header begins inside it.
 */
export type BodyEnd = 'length' | 'json' | 'header'

/** The body of a framed message while it is read. Where it ends depends on its bytes alone, not on how they are cut. */
export class FrameBody {
  /** As its header announced. */
  bytes = 0
  missing = 0
  /** The beginning of the next header, which was read with this body. */
  header = ''
  private readonly limit: number
  private readonly kept = new ByteBlocks()
  private json: JsonEnd | undefined
  private inside: HeaderInside | undefined

  constructor(limit: number) {
    this.limit = limit
  }

  begin(bytes: number): void {
    this.missing = this.bytes = bytes
    this.header = ''
  }

  /**
   * The text of a body that a chunk begins with, if there is nothing to doubt: most come in one piece, and are neither
   * kept nor searched for headers. Undefined for all others.
   */
  atOnce(chunk: Buffer): string | undefined {
    const { bytes } = this
    if (this.missing < bytes || chunk.length < bytes || bytes > longestDoubt || this.isTooLarge)
      return undefined
    const body = chunk.subarray(0, bytes)
    if (!opensJson(body[0]) || body.includes(LF) || new JsonEnd(bytes).find(body) !== bytes) return undefined
    this.missing = 0
    return body.toString()
  }

  /** Takes what belongs to it from the front of a chunk: how much, and whether it is over. */
  push(chunk: Buffer): { used: number; end: BodyEnd | undefined } {
    if (this.missing === this.bytes) this.open(chunk[0])
    let part = chunk.subarray(0, this.missing)
    const end = this.json?.find(part) ?? -1
    if (end >= 0) part = part.subarray(0, end)
    const next = this.inside?.find(part)
    if (next !== undefined) part = part.subarray(0, next.end)
    this.keep(part)
    return { used: part.length, end: this.endOf(next?.header, end >= 0) }
  }

  /** What it has, without the header that follows it. Over the limit only its head was kept. */
  take(): { body: Buffer; length: number; isKept: boolean } {
    const length = this.bytes - this.missing - this.header.length
    const body = this.kept.take().subarray(0, length)
    return { body, length, isKept: length <= this.limit && length === body.length }
  }

  drop(): void {
    this.missing = 0
    this.kept.drop()
  }

  private get isTooLarge(): boolean {
    return this.bytes > this.limit
  }

  private open(first: number | undefined): void {
    const isJson = opensJson(first)
    this.json = isJson ? new JsonEnd(this.isTooLarge ? headBytes : longestDoubt) : undefined
    this.inside = isJson ? new HeaderInside() : undefined
  }

  private keep(part: Buffer): void {
    this.missing -= part.length
    const room = this.isTooLarge ? headBytes - this.kept.length : part.length
    if (room > 0) this.kept.append(part.subarray(0, room))
  }

  private endOf(header: string | undefined, isClosed: boolean): BodyEnd | undefined {
    if (header !== undefined) {
      this.header = header
      return 'header'
    }
    if (this.missing === 0) {
      this.header = this.inside?.begun() ?? ''
      return this.header === '' ? 'length' : 'header'
    }
    if (!isClosed) return undefined
    // Once for each body: what is not JSON here will not be with more behind it.
    this.json = undefined
    return isJson(this.kept.all()) ? 'json' : undefined
  }
}
