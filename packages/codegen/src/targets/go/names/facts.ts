import { inFileNames, type Spelling } from '../../../naming/assign-names.js'
import { words } from '../../../naming/words.js'
import { keywords } from './keywords.js'

/** Words that are written in capitals throughout, as golint and staticcheck want them. */
const initialisms: ReadonlySet<string> = new Set([
  ...['acl', 'api', 'ascii', 'cpu', 'css', 'dns', 'eof', 'gid', 'guid', 'html', 'http', 'https', 'id', 'ip'],
  ...[
    'json',
    'qps',
    'ram',
    'rpc',
    'rtp',
    'sip',
    'sla',
    'smtp',
    'sql',
    'ssh',
    'tcp',
    'tls',
    'ttl',
    'ts',
    'udp',
  ],
  ...['ui', 'uid', 'uri', 'url', 'utf8', 'uuid', 'vm', 'xml', 'xmpp', 'xsrf', 'xss', 'db', 'amqp'],
])

const capital = (word: string): string => {
  const [first = ''] = word
  return first.toUpperCase() + word.slice(first.length)
}

/** Words joined, each with a capital. Marks cannot stand in a name of Go's. */
const joined = (text: string): string =>
  words(text)
    .map(word => (initialisms.has(word) ? word.toUpperCase() : capital(word)))
    .join('')
    .replace(/[^\p{L}\p{Nd}]/gu, mark => `u${mark.codePointAt(0)?.toString(16) ?? ''}`)

/** An exported name: what has no capital at its beginning gets an X. */
export function exported(text: string): string {
  const name = joined(text)
  return name === '' || /^\p{Lu}/u.test(name) ? name : `X${name}`
}

/** What users name of the runtime: a contract's package has it too, under the same name. */
export const aliases = [
  ...['Error', 'ExitReport', 'InvalidValueError', 'ServeOptions', 'SpawnOptions', 'Worker'],
] as const

/** What the contract's file declares, whatever the contract says. */
const ourNames = [
  ...['ChildHandlers', 'HostHandlers', 'UnimplementedChildHandlers', 'UnimplementedHostHandlers'],
  ...['ChildClient', 'HostClient', 'Serve', 'Spawn', 'HostFrom', 'ChildFrom'],
  ...aliases,
] as const

export const nameSpelling: Spelling = {
  spell: exported,
  reserved: new Set(),
  escape: name => name,
  prefix: 'X',
}

/** Fields stand beside the methods of their type. */
export const fieldSpelling: Spelling = {
  ...nameSpelling,
  reserved: new Set(['MarshalJSON', 'UnmarshalJSON']),
  escape: name => `${name}Field`,
}

/** What stands behind another name. */
export const tailSpelling: Spelling = { ...nameSpelling, spell: joined, prefix: '' }

/** Names of the package. */
export const packageLevel: Spelling = {
  spell: name => name,
  reserved: new Set(ourNames),
  escape: name => `${name}Type`,
  prefix: 'X',
}

/** Methods stand beside those that every client has. */
export const methodSpelling: Spelling = {
  ...nameSpelling,
  reserved: new Set(['Worker', 'SendLine', 'Ping']),
  escape: name => `${name}Method`,
}

/**
 * A package's name is short, in small letters of ASCII, and so is its folder: import paths take no others. The folders
 * `ipc` and `internal` beside it are the runtime's.
 */
export const packageSpelling: Spelling = {
  spell: text =>
    words(text)
      .join('')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]/gu, mark => `u${mark.codePointAt(0)?.toString(16) ?? ''}`),
  reserved: new Set([...keywords, 'main', 'init', 'ipc', 'internal', 'vendor', 'testdata']),
  escape: name => `${name}contract`,
  prefix: 'p',
  longest: inFileNames(''),
}
