// Answers each method of a generated contract with its only param: `node fuzz-child.js <module> <how many methods>`.
const [name = '', count] = process.argv.slice(2)
const module = (await import(name)) as Record<string, (handlers: object) => unknown>
const serve = Object.entries(module).find(([key]) => key.startsWith('serve'))?.[1]
const echo = ([value]: [unknown]): unknown => value
serve?.(Object.fromEntries(Array.from({ length: Number(count) }, (_, n) => [`t${n}`, echo])))
