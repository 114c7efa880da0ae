import { crc32 } from 'node:zlib'
import type { Column } from './report.js'

const missing = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', 'None', '-', '?'])
const booleans = new Set(['true', 'false', 'yes', 'no'])
const numeral = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i
const integer = /^\s*[+-]?\d+\s*$/
const date = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/
const longestKept = 64
const mostBins = 256

/** What has been seen of one column. `room` is how many different values it may keep for counting. */
export class ColumnProfile {
  readonly #name: string
  readonly #values: ValueCounts
  readonly #numbers = new NumberStatistics()
  readonly #types = new Set<Column['type']>()
  #missing = 0
  #first: string | undefined
  #last: string | undefined
  #shortest = Number.POSITIVE_INFINITY
  #longest = 0

  constructor(name: string, room: number) {
    this.#name = name
    this.#values = new ValueCounts(room)
  }

  add(field: string): void {
    if (missing.has(field)) {
      this.#missing += 1
      return
    }
    this.#values.add(field)
    this.#shortest = Math.min(this.#shortest, field.length)
    this.#longest = Math.max(this.#longest, field.length)
    // One text makes the column text: nothing more is to be learned from reading its other values as numbers.
    if (!this.#types.has('text')) this.#types.add(this.#classify(field))
  }

  result(): Column {
    const type = this.#type()
    const column = {
      name: this.#name,
      type,
      missing: this.#missing,
      distinct: this.#values.distinct(),
      exact: this.#values.exact,
      frequent: this.#values.frequent(5),
    }
    const range = this.#range(type)
    return range === undefined ? column : { ...column, range }
  }

  #classify(field: string): Column['type'] {
    if (numeral.test(field) && Number.isFinite(Number(field))) {
      this.#numbers.add(Number(field))
      return integer.test(field) ? 'integer' : 'number'
    }
    if (booleans.has(field.toLowerCase())) return 'boolean'
    if (!date.test(field) || Number.isNaN(Date.parse(field))) return 'text'
    if (this.#first === undefined || field < this.#first) this.#first = field
    if (this.#last === undefined || field > this.#last) this.#last = field
    return 'date'
  }

  #type(): Column['type'] {
    const types = [...this.#types]
    const [only] = types
    if (only === undefined) return 'empty'
    if (types.length === 1) return only
    return types.every(type => type === 'integer' || type === 'number') ? 'number' : 'text'
  }

  #range(type: Column['type']): Column['range'] {
    if (type === 'integer' || type === 'number') return { kind: 'numbers', ...this.#numbers.result(10) }
    if (type === 'date' && this.#first !== undefined && this.#last !== undefined) {
      return { kind: 'dates', first: this.#first, last: this.#last }
    }
    return type === 'text' ? { kind: 'text', shortest: this.#shortest, longest: this.#longest } : undefined
  }
}

/** Least, greatest, mean and a histogram of numbers. Bins are as wide as a power of two and double when too many. */
class NumberStatistics {
  #count = 0
  #mean = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY
  #width = 0
  #bins = new Map<number, number>()

  add(value: number): void {
    this.#count += 1
    this.#mean += (value - this.#mean) / this.#count
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
    if (this.#max - this.#min > mostBins * this.#width)
      this.#widen(2 ** Math.ceil(Math.log2((this.#max - this.#min) / mostBins)))
    this.#put(this.#width === 0 ? value : Math.floor(value / this.#width), 1)
  }

  result(most: number) {
    const numbers = { min: this.#min, mean: this.#mean, max: this.#max }
    if (this.#min === this.#max)
      return { ...numbers, histogram: { start: this.#min, width: 0, counts: [this.#count] } }
    const bin = (value: number) => Math.floor(value / this.#width)
    while (bin(this.#max) - bin(this.#min) >= most) this.#widen(this.#width * 2)
    const first = bin(this.#min)
    const counts = Array.from(
      { length: bin(this.#max) - first + 1 },
      (_, index) => this.#bins.get(first + index) ?? 0,
    )
    return { ...numbers, histogram: { start: first * this.#width, width: this.#width, counts } }
  }

  /** While all values are the same the width is 0 and the one bin is named by the value itself. */
  #widen(width: number): void {
    const narrow = [...this.#bins]
    const before = this.#width
    this.#bins = new Map()
    this.#width = width
    for (const [bin, count] of narrow)
      this.#put(Math.floor((before === 0 ? bin : bin * before) / width), count)
  }

  #put(bin: number, count: number): void {
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + count)
  }
}

/** Counts each different value while there is room; then keeps the frequent ones and estimates how many there are. */
class ValueCounts {
  exact = true
  readonly #room: number
  #counts = new Map<string, number>()
  /** Whether a hash is kept depends on its lowest bits: how many are kept tells how many different ones there were. */
  #sampled = new Set<number>()
  #mask = 0
  #total = 0

  constructor(room: number) {
    this.#room = room
  }

  add(value: string): void {
    this.#total += 1
    const key =
      value.length <= longestKept
        ? value
        : `${value.slice(0, 32)}… (${value.length} characters, ${crc32(value).toString(16)})`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    if (!this.exact) this.#sample(key)
    if (this.#counts.size <= this.#room) return
    if (this.exact) {
      this.exact = false
      for (const each of this.#counts.keys()) this.#sample(each)
    }
    // Lossy counting: the rare values go, so those that stay are counted from below.
    const frequent = [...this.#counts].filter(([, times]) => times > 1).sort(([, a], [, b]) => b - a)
    this.#counts = new Map(frequent.slice(0, this.#room / 2))
  }

  distinct(): number {
    return this.exact ? this.#counts.size : Math.min(this.#total, this.#sampled.size * (this.#mask + 1))
  }

  frequent(most: number): Column['frequent'] {
    return [...this.#counts]
      .filter(([, times]) => this.exact || times > 1)
      .sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([value, times]) => ({ value, count: times }))
  }

  #sample(value: string): void {
    const hash = crc32(value)
    if ((hash & this.#mask) !== 0) return
    this.#sampled.add(hash)
    while (this.#sampled.size > 4096) {
      this.#mask = this.#mask * 2 + 1
      this.#sampled = new Set([...this.#sampled].filter(each => (each & this.#mask) === 0))
    }
  }
}
