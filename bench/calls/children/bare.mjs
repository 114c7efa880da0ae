// @ts-check
// The least a Node child can do: read lines, parse, answer; one write for each chunk that was read.
let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (/** @type {string} */ chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  let answers = ''
  for (const line of lines) {
    const { id, params } = /** @type {{ id: number, params: { value: number } }} */ (JSON.parse(line))
    answers += `{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(params.value + 1)}}\n`
  }
  process.stdout.write(answers)
})
