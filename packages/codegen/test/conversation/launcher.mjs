// A launcher such as `npm start`: says something first, then runs the command it was given.
import { spawn } from 'node:child_process'

process.stdout.write('> starting the child\n{"progress": 100}\n')
const [program, ...args] = process.argv.slice(2)
spawn(program, args, { stdio: 'inherit' }).on('exit', code => process.exit(code ?? 1))
