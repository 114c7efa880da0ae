import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

/**
 * The resident memory of programs that were started here, in bytes by process id: on POSIX of each one's whole group, for
 * a command is often only what starts the program that grows; on Windows of the process itself. What has ended, or cannot
 * be measured, is left out. Memory that several processes of a group share counts once for each.
 */
export async function residentMemory(pids: readonly number[]): Promise<Map<number, number>> {
  if (pids.length === 0) return new Map()
  const wanted = new Set(pids)
  try {
    if (process.platform === 'win32') return await fromTasklist(wanted)
    return process.platform === 'linux' ? await fromProc(wanted) : await fromPs(wanted)
  } catch {
    return new Map()
  }
}

/** `/proc/<pid>/stat` has the group, `/proc/<pid>/status` the memory in kB, whatever the size of a page. */
async function fromProc(wanted: ReadonlySet<number>): Promise<Map<number, number>> {
  const sums = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = await readFile(`/proc/${name}/stat`, 'latin1')
      // The program's name may contain anything, and is in parentheses: state, parent and group follow.
      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
      if (!wanted.has(group)) continue
      const [, kilobytes] =
        /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${name}/status`, 'latin1')) ?? []
      add(sums, group, Number(kilobytes ?? 0))
    } catch {
      // It has ended meanwhile.
    }
  }
  return sums
}

async function fromPs(wanted: ReadonlySet<number>): Promise<Map<number, number>> {
  return parsePs(await output('ps', ['-A', '-o', 'pgid=', '-o', 'rss=']), wanted)
}

/** Lines of a group and its kilobytes. */
export function parsePs(text: string, wanted: ReadonlySet<number>): Map<number, number> {
  const sums = new Map<number, number>()
  for (const line of text.split('\n')) {
    const [group, kilobytes] = line.trim().split(/\s+/).map(Number)
    if (group !== undefined && kilobytes !== undefined && wanted.has(group)) add(sums, group, kilobytes)
  }
  return sums
}

async function fromTasklist(wanted: ReadonlySet<number>): Promise<Map<number, number>> {
  return parseTasklist(await output('tasklist', ['/FO', 'CSV', '/NH']), wanted)
}

/** Lines of `"name","pid","session","number","12,345 K"`, whatever separates thousands. */
export function parseTasklist(text: string, wanted: ReadonlySet<number>): Map<number, number> {
  const sums = new Map<number, number>()
  for (const line of text.split('\n')) {
    const cells = Array.from(line.matchAll(/"([^"]*)"/g), ([, cell]) => cell ?? '')
    const pid = Number(cells[1])
    if (wanted.has(pid)) add(sums, pid, Number((cells[4] ?? '').replaceAll(/\D/g, '')))
  }
  return sums
}

const add = (sums: Map<number, number>, key: number, kilobytes: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + kilobytes * 1024)
}

const output = (file: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(file, args, { windowsHide: true, maxBuffer: 2 ** 26, timeout: 10_000 }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(new Error(error.message, { cause: error }))
    })
  })
