import { batchTooLarge, notAMessage } from '../errors/protocol-errors.js'
import { refuseInvalid } from './invalid-message.js'
import type { BatchAnswers, MessageSink } from './message-sink.js'
import { isId, messageKind, tooLargeText, type Id, type WireMessage } from './message.js'

/**
 * The answers of one batch: written as one array when all are there. The array keeps to the size limit of a message: for
 * each answer that is missing there is room to say at least that it is too large, and one that needs more room than is
 * left says so.
 */
class Batch implements BatchAnswers {
  private readonly send: (text: string) => void
  private readonly limit: number
  private readonly parts: string[] = []
  private missing = 1
  /** Bytes that are not reserved yet. */
  private room: number

  constructor(limit: number, send: (text: string) => void) {
    this.limit = limit
    this.send = send
    // Two brackets, and one comma less than answers.
    this.room = limit - 1
  }

  /** One more answer will come, with this id or with null. */
  expect(id: Id | null): void {
    this.missing++
    this.room -= leastBytes(id, this.limit)
  }

  /** Even the smallest answers would be too large together. */
  get isTooLarge(): boolean {
    return this.room < 0
  }

  add(id: Id | null, text: string): void {
    const least = leastBytes(id, this.limit)
    this.room += least
    const bytes = Buffer.byteLength(text) + comma
    const fits = bytes <= this.room
    this.room -= fits ? bytes : least
    this.parts.push(fits ? text : tooLargeText(id, this.limit))
    this.done()
  }

  done(): void {
    if (--this.missing === 0 && this.parts.length > 0) this.send(`[${this.parts.join(',')}]`)
  }
}

const comma = 1

/** What the smallest answer to an id needs, which may turn out to have no id. */
const leastBytes = (id: Id | null, limit: number): number =>
  Math.max(...[id, null].map(one => Buffer.byteLength(tooLargeText(one, limit)))) + comma

/** Passes on the messages of a batch. Elements that are not messages are rejected one by one; a batch too long to be answered, as a whole. */
export function takeBatch(
  values: readonly unknown[],
  sink: MessageSink,
  { lenient, maxMessageBytes }: { lenient: boolean; maxMessageBytes: number },
): void {
  const batch = new Batch(maxMessageBytes, text => sink.send(text))
  const kinds = values.map(value => messageKind(value, lenient))
  for (const [index, kind] of kinds.entries())
    if (kind === 'none') batch.expect(null)
    else if (kind === 'request' || kind === 'invalid') batch.expect(idOf(values[index] as WireMessage))
  if (batch.isTooLarge) {
    sink.refuse(null, batchTooLarge(values.length, maxMessageBytes))
    return
  }
  for (const [index, kind] of kinds.entries()) {
    const message = values[index] as WireMessage
    if (kind === 'none') sink.refuse(null, notAMessage, batch)
    else if (kind === 'invalid') refuseInvalid(sink, message, batch)
    else sink.message(message, kind, 0, batch)
  }
  batch.done()
}

const idOf = ({ id }: WireMessage): Id | null => (isId(id) ? id : null)
