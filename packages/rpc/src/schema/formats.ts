// The formats that are checked, in every language in the same way; any other is an annotation. Each is a few
// regular expressions and comparisons, so that it can be rewritten in a language without such a library.

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** RFC 3339 full-date; the day must exist. */
function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return false
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && leap ? 29 : (days[month - 1] ?? 0))
}

/** RFC 3339 full-time, with its offset; second 60 only where it is 23:59:60 in UTC. */
function isTime(text: string): boolean {
  const parts = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/.exec(text)
  if (parts === null) return false
  const [hour = 0, minute = 0, second = 0] = parts.slice(1, 4).map(Number)
  const [offsetHour = 0, offsetMinute = 0] = parts
    .slice(5, 7)
    .map(part => Number((part as string | undefined) ?? 0))
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false
  if (second < 60) return true
  const offset = (offsetHour * 60 + offsetMinute) * (parts[4] === '-' ? -1 : 1)
  return (((hour * 60 + minute - offset) % 1440) + 1440) % 1440 === 1439
}

/** RFC 3339 date-time: a date, T or t, a time. */
const isDateTime = (text: string): boolean =>
  /^[Tt]$/.test(text.charAt(10)) && isDate(text.slice(0, 10)) && isTime(text.slice(11))

const byte = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const ipv4 = `${byte}\\.${byte}\\.${byte}\\.${byte}`
const h16 = '[0-9A-Fa-f]{1,4}'
const ls32 = `(?:${h16}:${h16}|${ipv4})`
/** RFC 3986, IPv6address: nine forms, by how much stands before the `::`. */
const ipv6 = `(?:${[
  `(?:${h16}:){6}${ls32}`,
  `::(?:${h16}:){5}${ls32}`,
  `(?:${h16})?::(?:${h16}:){4}${ls32}`,
  `(?:(?:${h16}:){0,1}${h16})?::(?:${h16}:){3}${ls32}`,
  `(?:(?:${h16}:){0,2}${h16})?::(?:${h16}:){2}${ls32}`,
  `(?:(?:${h16}:){0,3}${h16})?::${h16}:${ls32}`,
  `(?:(?:${h16}:){0,4}${h16})?::${ls32}`,
  `(?:(?:${h16}:){0,5}${h16})?::${h16}`,
  `(?:(?:${h16}:){0,6}${h16})?::`,
].join('|')})`

/**
 * RFC 5321's mailbox without quoted strings and address literals, which are not in use. By steps, as is `uri`: one
 * expression with nested repetition overflows V8's stack on texts of megabytes.
 */
function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  const [name, host] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/.test(name)) return false
  if (name.startsWith('.') || name.endsWith('.') || name.includes('..')) return false
  return host
    .split('.')
    .every(label => label.length <= 63 && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))
}

/** RFC 3986: scheme, then authority and path or a path alone, query, fragment. */
function isUri(text: string): boolean {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text)?.[0]
  if (scheme === undefined || /%(?![0-9A-Fa-f]{2})/.test(text)) return false
  const [beforeFragment, fragment] = cut(text.slice(scheme.length), '#')
  const [hierarchy, query] = cut(beforeFragment, '?')
  if (notInQuery.test(fragment) || notInQuery.test(query)) return false
  if (!hierarchy.startsWith('//')) return !notInPath.test(hierarchy)
  const [authority, path] = cut(hierarchy.slice(2), '/')
  return !notInPath.test(path) && isAuthority(authority)
}
const notInPath = /[^A-Za-z0-9._~!$&'()*+,;=:@/%-]/
const notInQuery = /[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]/
const notInUser = /[^A-Za-z0-9._~!$&'()*+,;=:%-]/
const notInHost = /[^A-Za-z0-9._~!$&'()*+,;=%-]/

const cut = (text: string, at: string): [before: string, after: string] => {
  const place = text.indexOf(at)
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)]
}

function isAuthority(authority: string): boolean {
  const at = authority.indexOf('@')
  if (notInUser.test(authority.slice(0, Math.max(at, 0)))) return false
  const rest = authority.slice(at + 1)
  const end = rest.startsWith('[') ? rest.indexOf(']') + 1 : (rest + ':').indexOf(':')
  const [host, port] = [rest.slice(0, end), rest.slice(end)]
  if (!/^(?::[0-9]*)?$/.test(port)) return false
  return rest.startsWith('[') ? isLiteralAddress(host) : !notInHost.test(host)
}
const isLiteralAddress = (host: string): boolean =>
  isIpv6(host.slice(1, -1)) || /^\[[Vv][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\]$/.test(host)

const uuid = '[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}'

const matches = (source: string): ((text: string) => boolean) => {
  let expression: RegExp | undefined
  return text => (expression ??= new RegExp(`^(?:${source})$`)).test(text)
}

const isIpv6 = matches(ipv6)

/** A whole number in decimal digits, without leading zeros, `+` or `-0`, within 64 bits. */
const within = (least: bigint, most: bigint) => (text: string) => {
  if (!/^(?:0|-?[1-9][0-9]{0,19})$/.test(text)) return false
  const value = BigInt(text)
  return value >= least && value <= most
}

const checks: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date-time', isDateTime],
  ['date', isDate],
  ['time', isTime],
  ['uuid', matches(uuid)],
  ['email', isEmail],
  ['uri', isUri],
  ['ipv4', matches(ipv4)],
  ['ipv6', isIpv6],
  ['int64', within(-(2n ** 63n), 2n ** 63n - 1n)],
  ['uint64', within(0n, 2n ** 64n - 1n)],
])

/** The check of a format, or undefined if it is an annotation. */
export const formatCheck = (format: string): ((text: string) => boolean) | undefined => checks.get(format)

/** Standard base64 (RFC 4648, section 4), padded, without line breaks, in its one canonical form: unused bits are 0. */
export function isBase64(text: string): boolean {
  if (text.length === 0) return true
  if (text.length % 4 !== 0) return false
  const [body, tail] = [text.slice(0, -4), text.slice(-4)]
  return !/[^A-Za-z0-9+/]/.test(body) && lastBase64Quartet.test(tail)
}
const lastBase64Quartet = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)$/
