// The least a TypeScript child can do: what was read, line by line, parsed and answered with one write.
interface Add {
  id: number
  params: { a: number; b: number }
}

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  let answers = ''
  for (const line of lines) {
    const { id, params } = JSON.parse(line) as Add
    answers += `${JSON.stringify({ jsonrpc: '2.0', id, result: params.a + params.b })}\n`
  }
  process.stdout.write(answers)
})
