import { createReadStream, type ReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseAll } from 'csv-parse/sync'

const sampleBytes = 1 << 20
const longestRecord = 1 << 24
const delimiters = [',', ';', '\t', '|']

/** The file is not delimited text; `line` is the first line that shows it. */
export class NotATable extends Error {
  readonly line: number
  readonly reason: string

  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
    this.line = line
    this.reason = reason
  }
}

/** A delimited text file, read row by row in bounded memory. */
export class TableReader {
  readonly size: number
  readonly encoding: string
  readonly delimiter: string
  ragged = 0
  firstRagged: number | undefined
  #file: ReadStream

  /** Rejects with the system's error if the file cannot be read and with NotATable if it is something else. */
  static async open(path: string): Promise<TableReader> {
    const { size } = await stat(path)
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, sampleBytes)), 0)
    const sample = buffer.subarray(0, bytesRead)
    const encoding = detectEncoding(sample, bytesRead === size)
    const text = new TextDecoder(encoding).decode(sample)
    return new TableReader(path, size, encoding, detectDelimiter(text))
  }

  private constructor(path: string, size: number, encoding: string, delimiter: string) {
    this.size = size
    this.encoding = encoding
    this.delimiter = delimiter
    this.#file = createReadStream(path, { highWaterMark: 1 << 18 })
  }

  get bytesRead(): number {
    return this.#file.bytesRead
  }

  /** The header first, then every row, each with as many fields as the header. */
  async *rows(): AsyncGenerator<readonly string[], void, void> {
    const parser = parse({
      delimiter: this.delimiter,
      info: true,
      max_record_size: longestRecord,
      relax_column_count: true,
      skip_empty_lines: true,
    })
    // What goes wrong on the way arrives at the loop below.
    pipeline(Readable.from(this.#text()), parser, () => undefined)
    try {
      let header: string[] | undefined
      for await (const { record, info } of parser as AsyncIterable<{
        record: string[]
        info: { lines: number }
      }>) {
        if (header === undefined) {
          header = record.map((name, index) => name.trim() || `column ${index + 1}`)
          yield header
          continue
        }
        if (record.length !== header.length) {
          this.ragged += 1
          this.firstRagged ??= info.lines
          while (record.length < header.length) record.push('')
          record.length = header.length
        }
        yield record
      }
    } catch (error) {
      if (error instanceof CsvError) throw new NotATable(Number(error['lines'] ?? 1), error.message)
      throw error
    } finally {
      parser.destroy()
    }
  }

  async *#text(): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder(this.encoding)
    for await (const chunk of this.#file as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  }
}

function detectEncoding(sample: Buffer, whole: boolean): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const control = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13
  let controls = 0
  for (const byte of sample) if (control(byte)) controls += 1
  if (sample.includes(0) || controls > sample.length / 1000) {
    const before = sample.subarray(0, sample.findIndex(control))
    throw new NotATable(before.filter(byte => byte === 10).length + 1, 'it holds binary data, not text')
  }
  try {
    // A character that the sample's end cuts in two is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !whole })
  } catch {
    return 'windows-1252'
  }
  return 'utf-8'
}

/** The delimiter that cuts the first lines into the most fields, the same number in each if possible. */
function detectDelimiter(sample: string): string {
  const lines = sample.split(/\r?\n/, 51)
  if (lines.length > 1) lines.pop() // perhaps cut
  const text = lines.slice(0, 50).join('\n')
  let best: { delimiter: string; share: number; fields: number } = { delimiter: ',', share: 0, fields: 1 }
  for (const delimiter of delimiters) {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }
    let records: string[][]
    try {
      records = parseAll(text, options)
    } catch {
      continue
    }
    const fields = records[0]?.length ?? 0
    if (fields < 2) continue
    const share = records.filter(record => record.length === fields).length / records.length
    if (share > best.share || (share === best.share && fields > best.fields))
      best = { delimiter, share, fields }
  }
  return best.delimiter
}
