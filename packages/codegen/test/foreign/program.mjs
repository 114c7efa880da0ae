// A program that others have written: it records what it is sent, answers without "jsonrpc", and speaks the dialect that
// its arguments say: how messages are framed, and how progress is reported.
const [framing, style] = process.argv.slice(2)
const received = []

function send(message) {
  const text = JSON.stringify(message)
  const frame = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  process.stdout.write(framing === 'headers' ? frame : `${text}\n`)
}

function report(params, done) {
  if (style === 'lsp')
    send({ method: '$/progress', params: { token: params.workDoneToken, value: { done } } })
  else if (style === 'mcp')
    send({ method: 'notifications/progress', params: { progressToken: params._meta?.progressToken, done } })
}

const answers = {
  initialize: () => ({ name: 'größe' }),
  work: params => {
    report(params, 1)
    report(params, 2)
    return 'done'
  },
  asked: () => received,
}

function take(text) {
  const message = JSON.parse(text)
  received.push(message)
  const { id, method, params } = message
  if (method in answers) send({ id, result: answers[method](params) })
}

process.stdout.write('hello\n')
let rest = Buffer.alloc(0)
process.stdin.on('data', chunk => {
  rest = Buffer.concat([rest, chunk])
  for (;;) {
    const end = rest.indexOf(framing === 'headers' ? '\r\n\r\n' : '\n')
    if (end < 0) return
    const head = rest.subarray(0, end).toString()
    const from = framing === 'headers' ? end + 4 : 0
    const to = framing === 'headers' ? from + Number(/^Content-Length: (\d+)$/.exec(head)[1]) : end + 1
    if (rest.length < to) return
    take(rest.subarray(from, to).toString())
    rest = rest.subarray(to)
  }
})
