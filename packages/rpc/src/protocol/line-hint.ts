import { readJson, ReadFault } from '../json/parse-json.js'
import { messageKind } from './message.js'

/** Lines beyond this, in characters, are not examined. */
const longest = 64 * 1024

/** Says what a line is that is almost a message, and how it becomes one. */
export function lineHint(line: string): string | undefined {
  if (line.length > longest) return undefined
  const text = line.trim()
  if (/^content-length:\s*\d+$/i.test(text))
    return "it sends its messages after headers (Content-Length), as language servers do: pass framing: 'headers'"
  if (text.includes('\u001b[') && text.includes('jsonrpc'))
    return 'its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in env'
  if (/^"jsonrpc"\s*:\s*"2\.0",?$/.test(text))
    return 'its messages are spread over several lines: each must be on a line of its own'
  return text.startsWith('{') ? objectHint(text) : undefined
}

/** The same for a line whose end has not arrived. */
export function unfinishedHint(text: string): string | undefined {
  if (!text.startsWith('{') || !text.endsWith('}') || !text.includes('"jsonrpc"')) return lineHint(text)
  return 'its last message has no line end: write one after each message, and flush stdout'
}

function objectHint(text: string): string | undefined {
  const value = readJson(text)
  if (value instanceof ReadFault) return undefined
  // As a line of its own it would not have been a plain line.
  if (messageKind(value, false) !== 'none')
    return "it sends each message on a line of its own, without headers: pass framing: 'lines'"
  if (messageKind(value, true) !== 'response') return undefined
  return 'it answers without "jsonrpc": "2.0", which makes its answers plain lines: pass lenient: true'
}
