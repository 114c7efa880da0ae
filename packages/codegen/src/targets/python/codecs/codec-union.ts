import { branchKind, branchTypes } from '../../../model/branch-types.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { LiteralValue, NamedType, TypeRef, UnionShape } from '../../../model/model.js'
import type { Trial } from '../../../model/untagged.js'
import type { CodecContext } from './codec-context.js'
import { declaredRead, expression, reader } from './codec-value.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { call, type Expression, lambda, lines, prefixed, tuple } from '../print/layout.js'
import { quoted } from '../print/text.js'
import { literalValue } from '../types/type-ref.js'
import { widensInference } from '../types/widened-inference.js'

/** Reads a union: by the kind of the value, and by the tag of an object. */
export function decodeUnion(shape: UnionShape, context: CodecContext, out: CodeWriter): void {
  const [only] = shape.branches
  if (only?.by === 'tag' && shape.branches.length === 1) {
    decodeTagged(only, context, out)
    return
  }
  const hasParts = hasBytes(shape, context) && !shape.kinds.includes('array')
  out.line(`kind = ${ipc}.${hasParts ? 'kind_with_bytes' : 'kind_of'}(value)`)
  for (const branch of shape.branches)
    out.block(`if kind == ${quoted(branchKind(branch))}:`, () => {
      if (branch.by === 'tag') decodeTagged(branch, context, out)
      else if (branch.by === 'trial') tryEach(branch, context, out)
      else out.line(...lines('return ', kindRead(branch.type, context), '', out.column))
    })
  out.line(
    ...lines('raise ', call(`${ipc}.wrong_kind`, 'value', 'at', ...shape.kinds.map(quoted)), '', out.column),
  )
}

/** What is given on by a function takes nothing from the union: pyright makes strings of listed ones there. */
const kindRead = (type: TypeRef, context: CodecContext): Expression =>
  type.kind === 'array' && type.unique && widensInference(type, context.model)
    ? declaredRead(type, 'value', '{at}', context)
    : expression(type, 'decode', 'value', '{at}', context)

/** One after the other; the first that fits is meant. */
function tryEach({ variants }: Trial, context: CodecContext, out: CodeWriter): void {
  for (const variant of variants)
    out.block(`with ${context.imports.use('suppress')}(${ipc}.InvalidValueError):`, () =>
      out.line(...lines('return ', expression(variant, 'decode', 'value', '{at}', context), '', out.column)),
    )
  out.line(`raise ${ipc}.no_shape(at, ${variants.length})`)
}

function decodeTagged(
  branch: Extract<UnionShape['branches'][number], { by: 'tag' }>,
  context: CodecContext,
  out: CodeWriter,
): void {
  const tags = branch.variants.map(({ value }) => literalValue(value, context))
  const read = branch.open ? 'open_tag' : 'tag'
  out.line(
    ...lines(
      'tag = ',
      call(`${ipc}.${read}`, 'value', 'at', context.strings.of(branch.tag), ...tags),
      '',
      out.column,
    ),
  )
  if (branch.open) out.block(`if isinstance(tag, ${ipc}.Unknown):`, () => out.line('return tag'))
  // To Python True is 1, and False 0.
  const isNumber = ({ value }: { value: LiteralValue }): boolean => typeof value === 'number'
  const inOrder = [...branch.variants.filter(each => !isNumber(each)), ...branch.variants.filter(isNumber)]
  for (const [i, { value, type }] of inOrder.entries()) {
    const decoded = `return decode_${context.names.function(type.id)}(value, at)`
    if (i === inOrder.length - 1) out.line(decoded)
    else
      out.block(
        `if tag ${typeof value === 'boolean' || value === null ? 'is' : '=='} ${literalValue(value, context)}:`,
        () => out.line(decoded),
      )
  }
}

/** Writes a union: by the classes of Python, whose order matters: bool is an int, str a sequence. */
export function encodeUnion(
  type: NamedType,
  shape: UnionShape,
  context: CodecContext,
  out: CodeWriter,
): void {
  if (shape.branches.some(branch => branch.by === 'tag' && branch.open))
    out.block(`if isinstance(value, ${ipc}.Unknown):`, () => {
      out.line(`decode_${context.names.function(type.id)}(value.raw, at)`)
      out.line('return value.raw')
    })
  const seen = new Set<string>()
  const checks = shape.branches
    .flatMap(branch => {
      const types = branchTypes(branch)
      // Objects of classes are known by these; of what else is tried Python has one class.
      const isTried = branch.by === 'trial' && !types.every(ref => isClass(ref, context))
      return isTried ? [triedCheck(types, shape, context)] : types.map(ref => typeCheck(ref, shape, context))
    })
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .sort((a, b) => a.test.order - b.test.order)
  // To a type checker a Sequence may be no list, and would then be left for the map: both are asked for.
  const asksAll = [list, map].every(one => checks.some(({ test }) => test.text.includes(one)))
  for (const [i, { written, test }] of checks.entries())
    if (i === checks.length - 1 && !asksAll) out.line(...lines('return ', written, '', out.column))
    else out.block(`if ${test.text}:`, () => out.line(...lines('return ', written, '', out.column)))
  if (asksAll)
    out.line(
      ...lines(
        'raise ',
        call(`${ipc}.wrong_kind`, 'value', 'at', ...shape.kinds.map(quoted)),
        '',
        out.column,
      ),
    )
}

/** What asks for a type's values, and writes them. */
interface Check {
  test: { text: string; order: number }
  written: Expression
  key: string
}

const typeCheck = (ref: TypeRef, shape: UnionShape, context: CodecContext): Check => ({
  test: classTest(ref, context),
  written: inText(ref, shape, context)
    ? call(`${ipc}.as_text`, 'value', 'at', reader(ref, 'encode', context))
    : expression(ref, 'encode', 'value', '{at}', context),
  key: JSON.stringify(ref),
})

/** Bytes beside arrays are always base64: as they are, an array stands for them. */
const inText = (ref: TypeRef, { kinds }: UnionShape, context: CodecContext): boolean =>
  kinds.includes('array') && isBytes(ref, context)

const hasBytes = ({ branches }: UnionShape, context: CodecContext): boolean =>
  branches.flatMap(branchTypes).some(ref => isBytes(ref, context))

function isBytes(ref: TypeRef, context: CodecContext): boolean {
  if (ref.kind === 'nullable') return isBytes(ref.type, context)
  if (ref.kind !== 'named') return ref.kind === 'bytes'
  const { shape } = context.model.typeOf(ref.id)
  if (shape.kind === 'union') return hasBytes(shape, context)
  return shape.kind === 'alias' && isBytes(shape.type, context)
}

/** The first writer that does not refuse the value is meant. */
function triedCheck(types: readonly TypeRef[], shape: UnionShape, context: CodecContext): Check {
  const { kinds } = shape
  const writers = types.map(ref => {
    const write = reader(ref, 'encode', context)
    if (!inText(ref, shape, context)) return write
    return lambda('value, at', call(`${ipc}.as_text`, 'value', 'at', write))
  })
  const test = anyTest(types, context)
  const found = [...test.text.matchAll(/isinstance\(value, \(?(.+?)\)/gu)]
  const classes = [...new Set(found.flatMap(([, names = '']) => names.split(', ')))]
  return {
    test: {
      ...test,
      text: `isinstance(value, ${classes.length === 1 ? classes.join('') : `(${classes.join(', ')})`})`,
    },
    written: call(
      `${ipc}.first_written`,
      'value',
      'at',
      ...writers,
      prefixed('kinds=', tuple(...kinds.map(quoted))),
    ),
    key: JSON.stringify(types),
  }
}

const isClass = (ref: TypeRef, { model }: CodecContext): boolean =>
  ref.kind === 'named' && model.typeOf(ref.id).shape.kind === 'struct'

// Not any Sequence or Mapping: a str is a Sequence, too, and type checkers then lose which branch is meant.
const list = 'isinstance(value, (list, tuple))'
const map = 'isinstance(value, dict)'

function classTest(ref: TypeRef, context: CodecContext): { text: string; order: number } {
  const is = (type: string, order: number) => ({ text: `isinstance(value, ${type})`, order })
  switch (ref.kind) {
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
      return is('(bytes, bytearray, memoryview)', 2)
    case 'literal':
      return literalTest([ref.value])
    case 'array':
    case 'tuple':
      return { text: list, order: 6 }
    case 'map':
      return { text: map, order: 7 }
    case 'any':
      return { text: 'True', order: 9 }
    case 'nullable':
      return classTest(ref.type, context)
    case 'named': {
      const { shape } = context.model.typeOf(ref.id)
      switch (shape.kind) {
        case 'struct':
          return is(context.names.type(ref.id), 4)
        case 'enum':
          return literalTest(shape.values)
        case 'alias':
          return classTest(shape.type, context)
        case 'union':
          return unionTest(shape, context)
      }
    }
  }
}

/** A union inside another: its values are of other kinds than those beside it. */
const unionTest = ({ branches }: UnionShape, context: CodecContext): Check['test'] =>
  anyTest(branches.flatMap(branchTypes), context)

function anyTest(types: readonly TypeRef[], context: CodecContext): Check['test'] {
  const tests = types.map(ref => classTest(ref, context))
  return {
    text: [...new Set(tests.map(({ text }) => text))].join(' or '),
    order: Math.min(...tests.map(({ order }) => order)),
  }
}

/** Listed values may be of several kinds; texts come before arrays, which they are to Python. */
function literalTest(values: readonly LiteralValue[]): { text: string; order: number } {
  const classes = [
    ...(values.some(value => typeof value === 'boolean') ? ['bool'] : []),
    ...(values.some(value => typeof value === 'number') ? ['int', 'float'] : []),
    ...(values.some(value => typeof value === 'string') ? ['str'] : []),
  ]
  const tests = [
    ...(values.includes(null) ? ['value is None'] : []),
    ...(classes.length === 0
      ? []
      : [`isinstance(value, ${classes.length === 1 ? classes.join('') : `(${classes.join(', ')})`})`]),
  ]
  const order = classes.length === 0 ? 0 : classes.includes('int') ? 3 : classes.includes('bool') ? 1 : 2
  return { text: tests.join(' or '), order }
}
