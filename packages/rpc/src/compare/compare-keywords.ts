import { formatCheck } from '../schema/formats.js'
import type { PlainSchema } from '../schema/plain-schema.js'
import { valuesOf } from '../schema/union-shape.js'

/** The rules about a value itself that the receiver has and the sender does not keep; both are of one type. */
export function stricterKeywords(sent: PlainSchema, received: PlainSchema): string[] {
  const listed = received['x-open'] === true ? undefined : valuesOf(received)
  return [
    ...stricterLimits(sent, received),
    ...unless(received.multipleOf === undefined || (sent.multipleOf ?? 0.5) % received.multipleOf === 0, [
      `need not be a multiple of ${received.multipleOf ?? 1}`,
    ]),
    ...unless(received.pattern === undefined || sent.pattern === received.pattern, [
      `need not match the pattern ${received.pattern ?? ''}`,
    ]),
    ...unless(
      received.format === undefined ||
        formatCheck(received.format) === undefined ||
        sent.format === received.format,
      [`need not be a valid ${received.format ?? ''}`],
    ),
    ...unless(received.contentEncoding === undefined || sent.contentEncoding === received.contentEncoding, [
      'need not be base64',
    ]),
    ...unless(received.uniqueItems !== true || sent.uniqueItems === true, ['may have equal elements']),
    ...unless(listed === undefined, [
      `may be any ${sent.type ?? 'value'}, where ${JSON.stringify(listed)} is all that is accepted`,
    ]),
  ]
}

const unless = (holds: boolean, otherwise: string[]): string[] => (holds ? [] : otherwise)

/** A limit, and whether the limit itself is outside. */
interface Limit {
  at: number
  excluded: boolean
}

function stricterLimits(sent: PlainSchema, received: PlainSchema): string[] {
  const counted = (key: 'Length' | 'Items' | 'Properties', of: string): string[] => {
    const [least, most] = [`min${key}` as const, `max${key}` as const]
    return [
      ...unless((sent[least] ?? 0) >= (received[least] ?? 0), [
        `may have fewer than ${received[least] ?? 0} ${of}`,
      ]),
      ...unless((lengthOf(sent) ?? sent[most] ?? Infinity) <= (received[most] ?? Infinity), [
        `may have more than ${received[most] ?? 0} ${of}`,
      ]),
    ]
  }
  return [
    ...unless(!isBeyond(lower(received), lower(sent), 1), [
      `may be less than is accepted (${lower(received).at})`,
    ]),
    ...unless(!isBeyond(upper(received), upper(sent), -1), [
      `may be more than is accepted (${upper(received).at})`,
    ]),
    ...counted('Length', 'characters'),
    // The length of a tuple is part of its shape.
    ...(Array.isArray(received.items) ? [] : counted('Items', 'elements')),
    ...counted('Properties', 'members'),
  ]
}

/** A tuple has no separate maxItems. */
const lengthOf = (schema: PlainSchema): number | undefined =>
  Array.isArray(schema.items) ? schema.items.length : undefined

/** Does one limit reject what the other accepts? `sign` is 1 for lower limits, -1 for upper ones. */
const isBeyond = (one: Limit, other: Limit, sign: 1 | -1): boolean =>
  one.at === other.at ? one.excluded && !other.excluded : sign * (one.at - other.at) > 0

function lower({ minimum = -Infinity, exclusiveMinimum = -Infinity }: PlainSchema): Limit {
  return exclusiveMinimum >= minimum && exclusiveMinimum !== -Infinity
    ? { at: exclusiveMinimum, excluded: true }
    : { at: minimum, excluded: false }
}
function upper({ maximum = Infinity, exclusiveMaximum = Infinity }: PlainSchema): Limit {
  return exclusiveMaximum <= maximum && exclusiveMaximum !== Infinity
    ? { at: exclusiveMaximum, excluded: true }
    : { at: maximum, excluded: false }
}
