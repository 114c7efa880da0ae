// The same contract as profiler.py, for machines without Python.
import { serve } from '@simple-ipc/rpc'
import { ColumnProfile } from './column-profile.js'
import { profiler } from './contract.js'
import { NotATable, TableReader } from './table-reader.js'

const room = 240_000
const rowsPerProgress = 4096
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read (permission denied)',
}

serve(profiler, {
  async *profile({ path }, { signal, progress, error }) {
    let rows = 0
    let columns: ColumnProfile[] | undefined
    let table: TableReader
    try {
      table = await TableReader.open(path)
      for await (const row of table.rows()) {
        if (columns === undefined) {
          columns = row.map(name => new ColumnProfile(name, Math.max(50, Math.floor(room / row.length))))
          continue
        }
        for (const [index, column] of columns.entries()) column.add(row[index] ?? '')
        rows += 1
        if (rows % rowsPerProgress === 0) {
          signal.throwIfAborted()
          progress({ read: table.bytesRead, total: table.size, rows })
        }
      }
    } catch (cause) {
      if (cause instanceof NotATable) throw error('NotACsv', { path, line: cause.line, reason: cause.reason })
      if (!(cause instanceof Error) || !('code' in cause)) throw cause
      throw error('Unreadable', { path, reason: reasons[String(cause.code)] ?? cause.message })
    }
    for (const column of columns ?? []) yield column.result()
    return {
      rows,
      columns: columns?.length ?? 0,
      size: table.size,
      delimiter: table.delimiter,
      encoding: table.encoding,
      ragged: table.ragged,
      ...(table.firstRagged === undefined ? {} : { firstRagged: table.firstRagged }),
    }
  },
})
