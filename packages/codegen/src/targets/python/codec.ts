import { acceptsNull } from '../../accepts-null.js'
import type { CodeWriter } from '../../code-writer.js'
import type { MemberModel, Model, NamedType, StructShape, TypeUse, UnionShape } from '../../model.js'
import { runtimeAlias as ipc } from './facts.js'
import { array, call, conditional, dict, lines, list, prefixed, tuple, type Expression } from './layout.js'
import type { PythonNames } from './names.js'
import type { Rules } from './rules.js'
import { formatted, quoted } from './text.js'
import { annotation, literal, numeral } from './type-ref.js'

/** What codecs are written with. */
export interface CodecContext {
  model: Model
  names: PythonNames
  rules: Rules
}
type Way = 'decode' | 'encode'

/** The functions that read and write a type. */
export function declareCodec(type: NamedType, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  if (type.shape.kind === 'enum') return
  const name = names.type(type.id)
  const suffix = names.function(type.id)
  out.line(...lines('', call(`def decode_${suffix}`, 'value: object', 'at: str'), ` -> ${name}:`, 0))
  body(type, 'decode', context, out)
  out.blank(2)
  out.line(...lines('', call(`def encode_${suffix}`, `value: ${name}`, 'at: str'), ' -> object:', 0))
  body(type, 'encode', context, out)
}

function body(type: NamedType, way: Way, context: CodecContext, out: CodeWriter): void {
  const { shape } = type
  out.indented(() => {
    switch (shape.kind) {
      case 'struct':
        if (way === 'decode') decodeStruct(type, shape, context, out)
        else encodeStruct(type, shape, context, out)
        return
      case 'union':
        if (way === 'decode') decodeUnion(shape, context, out)
        else encodeUnion(type, shape, context, out)
        return
      case 'alias':
        if (shape.type.kind === 'tuple') tupleBody(shape.type, way, context, out)
        else
          out.line(...lines('return ', expression(shape.type, way, 'value', '{at}', context), '', out.column))
        return
      case 'enum':
        return
    }
  })
}

function tupleBody(
  { items }: Extract<TypeUse, { kind: 'tuple' }>,
  way: Way,
  context: CodecContext,
  out: CodeWriter,
): void {
  const check = call(`${ipc}.tuple_of`, 'value', 'at', String(items.length))
  out.line(...lines(way === 'decode' && items.length > 0 ? 'items = ' : '', check, '', out.column))
  const source = way === 'decode' ? 'items' : 'value'
  const parts = items.map((item, i) => expression(item, way, `${source}[${i}]`, `{at}/${i}`, context))
  out.line(...lines('return ', way === 'decode' ? tuple(...parts) : array(...parts), '', out.column))
}

// ---- structs -------------------------------------------------------------------------------------------------------

function decodeStruct(type: NamedType, shape: StructShape, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  const fields = names.members(type)
  const name = names.type(type.id)
  const isCounted = shape.minProperties !== undefined || shape.maxProperties !== undefined
  const isRead = shape.members.length > 0 || isCounted || shape.parts.some(part => part.closed)
  out.line(...lines(isRead ? 'members = ' : '', call(`${ipc}.members`, 'value', 'at'), '', out.column))
  if (isCounted) checkCount('len(members)', shape, out)
  const [part, ...more] = shape.parts
  if (part !== undefined && more.length === 0) {
    require(shape.members, out)
    const made = call(
      name,
      ...shape.members.map(member =>
        prefixed(`${fields.get(member.name) ?? ''}=`, decodeMember(member, context)),
      ),
    )
    if (!part.closed) {
      out.line(...lines('return ', made, '', out.column))
      return
    }
    out.line(...lines('result = ', made, '', out.column))
    refuseOthers(shape.members, out)
    out.line('return result')
    return
  }
  for (const { members } of shape.parts) {
    const mine = shape.members.filter(member => members.includes(member.name))
    require(mine, out)
    for (const member of mine)
      out.line(
        ...lines(`a_${fields.get(member.name) ?? ''} = `, decodeMember(member, context), '', out.column),
      )
  }
  const made = call(name, ...[...fields.values()].map(field => `${field}=a_${field}`))
  out.line(...lines('return ', made, '', out.column))
}

function require(members: readonly MemberModel[], out: CodeWriter): void {
  const required = members.filter(member => member.required).map(({ name }) => quoted(name))
  if (required.length > 0)
    out.line(...lines('', call(`${ipc}.require`, 'members', 'at', ...required), '', out.column))
}

function refuseOthers(members: readonly MemberModel[], out: CodeWriter): void {
  const known = members.map(({ name }) => quoted(name))
  out.line(...lines('', call(`${ipc}.refuse_others`, 'members', 'at', ...known), '', out.column))
}

function checkCount(count: string, shape: StructShape, out: CodeWriter): void {
  const bound = (value: number | undefined): string => (value === undefined ? 'None' : String(value))
  const bounds = [bound(shape.minProperties), bound(shape.maxProperties)]
  out.line(...lines('', call(`${ipc}.check_count`, count, 'at', ...bounds), '', out.column))
}

function decodeMember({ name, type, required }: MemberModel, context: CodecContext): Expression {
  if (required)
    return expression(type, 'decode', `members[${quoted(name)}]`, `{at}${pathStep(name)}`, context)
  // Type checkers see through this to the one value that it can be, but not through a function.
  if (type.kind === 'literal' && type.value !== null) {
    const value = expression(type, 'decode', `members[${quoted(name)}]`, `{at}${pathStep(name)}`, context)
    return conditional(value, `${quoted(name)} in members`, 'None')
  }
  const read = acceptsNull(type, context.model) ? 'optional_nullable' : 'optional'
  return call(`${ipc}.${read}`, 'members', 'at', quoted(name), reader(type, 'decode', context))
}

function encodeStruct(type: NamedType, shape: StructShape, context: CodecContext, out: CodeWriter): void {
  const { names, model } = context
  const fields = names.members(type)
  const field = (member: MemberModel): string => `value.${fields.get(member.name) ?? ''}`
  const isThere = (member: MemberModel): string =>
    `${field(member)} is not ${acceptsNull(member.type, model) ? `${ipc}.UNSET` : 'None'}`
  const entry = (member: MemberModel): Expression =>
    expression(member.type, 'encode', field(member), `{at}${pathStep(member.name)}`, context)
  out.line(`${ipc}.instance(value, ${names.type(type.id)}, at)`)
  if (shape.minProperties !== undefined || shape.maxProperties !== undefined) {
    const required = shape.members.filter(member => member.required).length
    const count = [
      String(required),
      ...shape.members.filter(member => !member.required).map(member => `(${isThere(member)})`),
    ]
    checkCount(count.join(' + '), shape, out)
  }
  const firstOptional = shape.members.findIndex(member => !member.required)
  const always = firstOptional === -1 ? shape.members : shape.members.slice(0, firstOptional)
  const made = dict(...always.map(member => prefixed(`${quoted(member.name)}: `, entry(member))))
  if (firstOptional === -1) {
    out.line(...lines('return ', made, '', out.column))
    return
  }
  out.line(...lines('members: dict[str, object] = ', made, '', out.column))
  for (const member of shape.members.slice(firstOptional)) {
    const assign = (): unknown =>
      out.line(...lines(`members[${quoted(member.name)}] = `, entry(member), '', out.column))
    if (member.required) assign()
    else out.block(`if ${isThere(member)}:`, assign)
  }
  out.line('return members')
}

// ---- unions --------------------------------------------------------------------------------------------------------

function decodeUnion(shape: UnionShape, context: CodecContext, out: CodeWriter): void {
  const [only] = shape.branches
  if (only?.by === 'tag' && shape.branches.length === 1) {
    decodeTagged(only, context, out)
    return
  }
  out.line(`kind = ${ipc}.kind_of(value)`)
  for (const branch of shape.branches)
    out.block(`if kind == ${quoted(branch.by === 'tag' ? 'object' : branch.kind)}:`, () => {
      if (branch.by === 'tag') decodeTagged(branch, context, out)
      else
        out.line(
          ...lines('return ', expression(branch.type, 'decode', 'value', '{at}', context), '', out.column),
        )
    })
  out.line(...lines('raise ', call(`${ipc}.wrong_kind`, 'at', ...shape.kinds.map(quoted)), '', out.column))
}

function decodeTagged(
  branch: Extract<UnionShape['branches'][number], { by: 'tag' }>,
  context: CodecContext,
  out: CodeWriter,
): void {
  const tags = branch.variants.map(({ value }) => literal(value))
  const read = branch.open ? 'open_tag' : 'tag'
  out.line(
    ...lines('tag = ', call(`${ipc}.${read}`, 'value', 'at', quoted(branch.tag), ...tags), '', out.column),
  )
  if (branch.open) out.block(`if isinstance(tag, ${ipc}.Unknown):`, () => out.line('return tag'))
  for (const [i, { value, type }] of branch.variants.entries()) {
    const decoded = `return decode_${context.names.function(type.id)}(value, at)`
    if (i === branch.variants.length - 1) out.line(decoded)
    else
      out.block(
        `if tag ${typeof value === 'boolean' || value === null ? 'is' : '=='} ${literal(value)}:`,
        () => out.line(decoded),
      )
  }
}

/** By the classes of Python, whose order matters: bool is an int, str a sequence. */
function encodeUnion(type: NamedType, shape: UnionShape, context: CodecContext, out: CodeWriter): void {
  if (shape.branches.some(branch => branch.by === 'tag' && branch.open))
    out.block(`if isinstance(value, ${ipc}.Unknown):`, () => {
      out.line(`decode_${context.names.function(type.id)}(value.raw, at)`)
      out.line('return value.raw')
    })
  const uses = shape.branches.flatMap((branch): TypeUse[] =>
    branch.by === 'tag' ? branch.variants.map(({ type }) => type) : [branch.type],
  )
  const seen = new Set<string>()
  const checks = uses
    .map(use => ({ use, test: classTest(use, context), key: annotation(use, context.names) }))
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .sort((a, b) => a.test.order - b.test.order)
  for (const [i, { use, test }] of checks.entries()) {
    const encoded = lines('return ', expression(use, 'encode', 'value', '{at}', context), '', out.column)
    if (i === checks.length - 1) out.line(...encoded)
    else
      out.block(`if ${test.text}:`, () =>
        out.line(...lines('return ', expression(use, 'encode', 'value', '{at}', context), '', out.column)),
      )
  }
}

function classTest(use: TypeUse, context: CodecContext): { text: string; order: number } {
  const is = (type: string, order: number) => ({ text: `isinstance(value, ${type})`, order })
  switch (use.kind) {
    case 'null':
      return { text: 'value is None', order: 0 }
    case 'boolean':
      return is('bool', 1)
    case 'integer':
    case 'int64':
      return is('int', 2)
    case 'number':
      return is('(int, float)', 3)
    case 'string':
      return is('str', 2)
    case 'bytes':
      return is('bytes', 2)
    case 'literal':
      return literalTest([use.value])
    case 'array':
    case 'tuple':
      return is('(list, tuple)', 6)
    case 'map':
      return is('dict', 7)
    case 'any':
      return { text: 'True', order: 9 }
    case 'nullable':
      return classTest(use.type, context)
    case 'named': {
      const shape = context.model.types.find(({ id }) => id === use.id)?.shape
      if (shape?.kind === 'struct') return is(context.names.type(use.id), 4)
      if (shape?.kind === 'enum') return literalTest(shape.values)
      if (shape?.kind === 'alias') return classTest(shape.type, context)
      return { text: 'True', order: 8 }
    }
  }
}

function literalTest(values: readonly unknown[]): { text: string; order: number } {
  const [value] = values
  if (value === null) return { text: 'value is None', order: 0 }
  if (typeof value === 'boolean') return { text: 'isinstance(value, bool)', order: 1 }
  return typeof value === 'string'
    ? { text: 'isinstance(value, str)', order: 2 }
    : { text: 'isinstance(value, (int, float))', order: 3 }
}

// ---- values --------------------------------------------------------------------------------------------------------

const pathStep = (name: string): string => formatted(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
const atText = (path: string): string => (path === '{at}' ? 'at' : `f"${path}"`)

/** Something that can be called with a value and a path. */
export function reader(use: TypeUse, way: Way, context: CodecContext): Expression {
  if (use.kind === 'named') return namedReader(use.id, way, context)
  const simple = simpleReader(use, way, context)
  if (simple !== undefined && argumentsOf(use, context).length === 0) return simple
  return prefixed('lambda value, at: ', expression(use, way, 'value', '{at}', context))
}

function namedReader(id: string, way: Way, context: CodecContext): string {
  const shape = context.model.types.find(type => type.id === id)?.shape
  if (shape?.kind === 'enum' && !shape.open) return context.names.constant(id)
  if (shape?.kind === 'enum')
    return openReader(shape.kinds) ?? `lambda value, at: ${openRead(shape.kinds, 'value', 'at')}`
  return context.names.codec(way, id)
}

/** Where others than the listed values may come, one kind is checked as its plain type. */
function openReader(kinds: readonly string[]): string | undefined {
  const [kind, ...more] = kinds
  return kind === undefined || more.length > 0 || kind === 'null' ? undefined : `${ipc}.${kind}`
}

function openRead(kinds: readonly string[], value: string, at: string): string {
  const simple = openReader(kinds)
  const known = simple === undefined ? kinds.map(quoted) : []
  return `${simple ?? `${ipc}.listed`}(${[value, at, ...known].join(', ')})`
}

function simpleReader(use: TypeUse, way: Way, context: CodecContext): string | undefined {
  switch (use.kind) {
    case 'any':
      return `${ipc}.anything`
    case 'null':
      return `${ipc}.nothing`
    case 'boolean':
      return `${ipc}.boolean`
    case 'integer':
    case 'number':
    case 'string':
      return `${ipc}.${argumentsOf(use, context).length === 0 ? '' : 'bounded_'}${use.kind}`
    case 'bytes':
      return `${ipc}.${way}_bytes`
    default:
      return undefined
  }
}

/** A value read or written. `path` is the inside of an f-string. */
function expression(use: TypeUse, way: Way, value: string, path: string, context: CodecContext): Expression {
  const at = atText(path)
  // Type checkers do not like the value of a function that returns nothing.
  if (use.kind === 'null') return call(`${ipc}.literal`, value, at, 'None', '"null"')
  const simple = simpleReader(use, way, context)
  if (simple !== undefined) return call(simple, value, at, ...argumentsOf(use, context))
  switch (use.kind) {
    case 'named': {
      const shape = context.model.types.find(({ id }) => id === use.id)?.shape
      if (shape?.kind === 'enum' && shape.open) return openRead(shape.kinds, value, at)
      return call(namedReader(use.id, way, context), value, at)
    }
    case 'nullable':
      return way === 'decode'
        ? call(`${ipc}.nullable`, value, at, reader(use.type, way, context), ...use.kinds.map(quoted))
        : conditional(expression(use.type, way, value, path, context), `${value} is not None`, 'None')
    case 'literal':
      return call(`${ipc}.literal`, value, at, literal(use.value), ...use.kinds.map(quoted))
    case 'int64':
      return call(
        `${ipc}.${way}_wide`,
        value,
        at,
        quoted(use.signed ? 'int64' : 'uint64'),
        ...(use.signed ? ['-(2**63)', '2**63 - 1'] : ['0', '2**64 - 1']),
      )
    case 'array': {
      const depth = (path.match(/\{index/g) ?? []).length + 1
      const [index, item] = depth === 1 ? ['index', 'item'] : [`index_${depth}`, `item_${depth}`]
      const element = expression(use.item, way, item, `${path}/{${index}}`, context)
      const loop = prefixed(
        `for ${index}, ${item} in `,
        call(
          way === 'decode' ? `${ipc}.elements` : `${ipc}.written_elements`,
          value,
          at,
          ...argumentsOf(use, context),
        ),
      )
      const made = list(element, loop)
      return use.unique ? call(`${ipc}.unique`, made, at, ...(way === 'decode' ? [value] : [])) : made
    }
    case 'map':
      return call(
        way === 'decode' ? `${ipc}.entries` : `${ipc}.write_entries`,
        value,
        at,
        reader(use.value, way, context),
        ...argumentsOf(use, context),
      )
    default:
      return value
  }
}

function argumentsOf(use: TypeUse, context: CodecContext): string[] {
  switch (use.kind) {
    case 'integer':
    case 'number':
      return options([
        ['minimum', use.minimum],
        ['exclusive_minimum', use.exclusiveMinimum],
        ['maximum', use.maximum],
        ['exclusive_maximum', use.exclusiveMaximum],
        ['multiple_of', use.kind === 'integer' ? use.multipleOf : undefined],
      ])
    case 'string': {
      const rules = context.rules.of(use)
      const lengths = options([
        ['min_length', use.minLength],
        ['max_length', use.maxLength],
      ])
      return rules.length === 0
        ? lengths
        : [...lengths, `rules=(${rules.join(', ')}${rules.length === 1 ? ',' : ''})`]
    }
    case 'bytes':
      return options([
        ['min_length', use.minLength],
        ['max_length', use.maxLength],
      ])
    case 'array':
      return options([
        ['min_items', use.minItems],
        ['max_items', use.maxItems],
      ])
    case 'map':
      return [
        ...options([
          ['min_properties', use.minProperties],
          ['max_properties', use.maxProperties],
        ]),
        ...(use.names === undefined ? [] : [`name_rule=${context.rules.name(use.names)}`]),
      ]
    default:
      return []
  }
}

const options = (all: readonly (readonly [string, number | undefined])[]): string[] =>
  all.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${numeral(value)}`]))
