import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { has } from '../../scripts/required-programs.mjs'
import { makeCsv } from './make-csv.mjs'

const host = path.join(import.meta.dirname, 'host.ts')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'profile-csv-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const full = path.join(folder, name)
  await writeFile(full, content)
  return full
}

/** Runs the host as `npm start` does. */
async function profile(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', host, ...args], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

const penguins = path.join(import.meta.dirname, 'data', 'penguins.csv')
const children = [
  { name: 'the Python child', flags: [] as string[], runs: has('python3') },
  { name: 'the Node child', flags: ['--node'], runs: true },
]

for (const { name, flags, runs } of children) {
  describe.skipIf(!runs)(name, () => {
    test('profiles the penguins', async () => {
      const { code, stdout, stderr } = await profile(...flags)
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout).toMatchInlineSnapshot(`
        "penguins.csv
        344 rows of 8 columns, 15.2 kB, commas between fields, utf-8

        Column            Type    Missing Distinct      Min     Mean      Max Spread
        ────────────────────────────────────────────────────────────────────────────────
        species           text          0        3                            6–9 chars
        island            text          0        3                            5–9 chars
        bill_length_mm    number     0.6%      164     32.1  43.9219     59.6 ▃█▇██▂▁
        bill_depth_mm     number     0.6%       80     13.1  17.1512     21.5 ▃▅▅▅██▅▂▁
        flipper_length_mm integer    0.6%       55      172  200.915      231 ▁▃██▃▆▅▃
        body_mass_g       integer    0.6%       94     2700  4201.75     6300 ▂▇█▆▅▄▂▁
        sex               text       3.2%        2                            4–6 chars
        year              integer       0        3     2007  2008.03     2009 █   █   █

        Column            Most frequent values
        ────────────────────────────────────────────────────────────────────────────────
        species           Adelie (44.2%) · Gentoo (36.0%) · Chinstrap (19.8%)
        island            Biscoe (48.8%) · Dream (36.0%) · Torgersen (15.1%)
        bill_length_mm    41.1 (2.0%) · 45.2 (1.7%) · 37.8 (1.5%) · 39.6 (1.5%)
        bill_depth_mm     17 (3.5%) · 15 (2.9%) · 17.9 (2.9%) · 18.5 (2.9%)
        flipper_length_mm 190 (6.4%) · 195 (4.9%) · 187 (4.7%) · 193 (4.4%) · 210 (4.1%)
        body_mass_g       3800 (3.5%) · 3700 (3.2%) · 3900 (2.9%) · 3950 (2.9%)
        sex               male (48.8%) · female (48.0%)
        year              2009 (34.9%) · 2008 (33.1%) · 2007 (32.0%)
        "
      `)
    })

    test('fits into 80 columns whatever the file holds', async () => {
      const wide = 'ä'.repeat(200)
      const csv = await file(
        'wide.csv',
        `${wide},b,c\n${wide}x,2025-01-31T10:00:00,123456789.123456\n日本語${wide},2024-02-29,-1e300\n`,
      )
      const { stdout, code } = await profile(...flags, csv)
      expect(code).toBe(0)
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    })

    test('says that a file is missing', async () => {
      const missing = path.join(folder, 'missing.csv')
      const { code, stdout, stderr } = await profile(...flags, missing)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toBe(`${missing}: there is no such file.\n`)
    })

    test('says that a folder is no file', async () => {
      const { code, stderr } = await profile(...flags, folder)
      expect(code).toBe(1)
      expect(stderr).toBe(`${folder}: it is a folder.\n`)
    })

    test('says that an empty file is empty, and finds no rows under a lone header', async () => {
      const empty = await profile(...flags, await file('empty.csv', ''))
      expect(empty.stdout).toBe('empty.csv\nThe file is empty: there is nothing to profile.\n')
      expect(empty.code).toBe(0)
      const header = await profile(...flags, await file('header.csv', 'a,b\n'))
      expect(header.stdout).toContain('0 rows of 2 columns')
      expect(header.code).toBe(0)
    })

    test('refuses a binary file with the line that shows it', async () => {
      const binary = await file('binary.csv', Buffer.from([97, 44, 98, 10, 0, 1, 2, 3, 255, 10, 0]))
      const { code, stderr } = await profile(...flags, binary)
      expect(code).toBe(1)
      expect(stderr).toBe(`${binary} is no CSV file: it holds binary data, not text (line 2).\n`)
    })

    test('counts ragged rows, names the first and reads them all the same', async () => {
      const csv = await file('ragged.csv', 'a,b\n1,2\n3\n4,5,6\n\n7,8\n')
      const { code, stdout } = await profile(...flags, csv)
      expect(code).toBe(0)
      expect(stdout).toContain('4 rows of 2 columns')
      expect(stdout).toContain('2 rows have more or fewer fields than the header, the first on line 3')
      expect(stdout).toMatch(/^a +integer +0 +4 +1 +3.75 +7 /m)
      expect(stdout).toMatch(/^b +integer +25.0% +3 +2 +5 +8 /m)
    })

    test('reads other encodings, delimiters, quoted line breaks and a byte order mark', async () => {
      const latin = await profile(
        ...flags,
        await file('latin.csv', Buffer.from('name;n\nJos\xe9;1\n"a\nb";2\nJos\xe9;3\n', 'latin1')),
      )
      expect(latin.stdout).toContain('3 rows of 2 columns, 29 bytes, semicolons between fields, windows-1252')
      expect(latin.stdout).toContain('José')
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\tb\n1\tü\n', 'utf16le')])
      const wide = await profile(...flags, await file('utf16.csv', utf16))
      expect(wide.stdout).toContain('tabs between fields, utf-16')
      expect(wide.stdout).toContain('ü')
      const marked = await profile(...flags, await file('marked.csv', '\u{feff}a,b\n1,2\n'))
      expect(marked.stdout).toMatch(/^a +integer/m)
    })

    test('shows progress on a large file', async () => {
      const big = path.join(folder, 'big.csv')
      await makeCsv(big, 12_000_000)
      const { code, stdout, stderr } = await profile(...flags, big)
      expect(code).toBe(0)
      expect(stderr).toMatch(/Reading .*% .* of 12\.0 MB/)
      expect(stdout).toMatch(/^id +integer +0 /m)
      expect(stdout).toMatch(/^time +date /m)
      expect(stdout).toMatch(/^paid +boolean +33\.4% +2$/m)
    })
  })
}

describe.skipIf(!has('python3'))('the host in Python', () => {
  const inPython = async (...args: string[]) => {
    const child = spawn('python3', [path.join(import.meta.dirname, 'host.py'), ...args], { stdio: 'pipe' })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: child.exitCode, stdout, stderr }
  }

  test('profiles the penguins with the same child', async () => {
    const { code, stdout, stderr } = await inPython()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^bill_length_mm +number +164 distinct$/m)
    expect(stdout).toMatch(/344 rows of 8 columns, utf-8\n$/)
  })

  test('says that a file is missing', async () => {
    const missing = path.join(folder, 'missing.csv')
    expect(await inPython(missing)).toEqual({
      code: 1,
      stdout: '',
      stderr: `${missing}: there is no such file\n`,
    })
  })
})

test('explains itself, and what it does not understand', async () => {
  const help = await profile('--help')
  expect(help.code).toBe(0)
  expect(help.stdout).toContain('npm start -- your.csv')
  const unknown = await profile('--fast')
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain("Unknown option '--fast'")
  const two = await profile(penguins, penguins)
  expect(two.code).toBe(2)
})
