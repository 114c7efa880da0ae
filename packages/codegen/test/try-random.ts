import { mkdirSync, rmSync } from 'node:fs'
import { serializeContract, discover } from '@simple-ipc/rpc'
import { generate } from '../src/generate.js'
import { writeFiles } from '../src/write-files.js'
import { Random } from './random.js'
import { randomContract } from './random-contract.js'
const [from, to, out, lang] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]!, process.argv[5] ?? 'python']
rmSync(out, { recursive: true, force: true }); mkdirSync(out, { recursive: true })
let n = 0
const why = new Map<string, number>()
for (let seed = from; seed < to; seed++) {
  try {
    const contract = randomContract(new Random(seed))
    const files = generate(serializeContract(contract), lang, discover(contract)).filter(f => !f.path.startsWith('simple_ipc'))
    writeFiles(out + '/c' + seed, files); n++
  } catch (e) { const m = String((e as Error).stack).slice(0, 300); why.set(m, (why.get(m) ?? 0) + 1) }
}
console.log(n, why)
