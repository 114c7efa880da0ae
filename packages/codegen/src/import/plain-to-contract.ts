import {
  defineContract,
  Type,
  type Contract,
  type PlainContract,
  type PlainMethod,
  type PlainSchema,
} from '@simple-ipc/rpc'

/**
 * A plain contract as `defineContract` makes it: throws a `ContractError` for what the protocol cannot carry, as the
 * module would that is written from it.
 */
export function plainToContract({ types, child, host, ...rest }: PlainContract): Contract {
  const side = ({ methods, notifications }: PlainContract['child']) => ({
    methods: mapped(methods, methodWith),
    notifications: mapped(notifications, made),
  })
  return defineContract({
    ...rest,
    types: mapped(types, made),
    child: side(child),
    host: side(host),
  } as never)
}

function methodWith(method: PlainMethod): unknown {
  const copy: Record<string, unknown> = { ...method }
  for (const key of ['params', 'result', 'stream', 'progress'] as const) {
    const schema = method[key]
    if (schema !== undefined) copy[key] = made(schema)
  }
  if (method.errors !== undefined)
    copy['errors'] = mapped(method.errors, error =>
      error.data === undefined ? error : { ...error, data: made(error.data) },
    )
  return copy
}

/** With TypeBox's mark on each schema: `{}` may else be a mistake. */
function made(schema: PlainSchema): unknown {
  const copy: Record<string, unknown> = { ...schema }
  for (const key of ['anyOf', 'allOf', 'items'] as const) {
    const parts = schema[key]
    if (Array.isArray(parts)) copy[key] = parts.map(made)
    else if (parts !== undefined) copy[key] = made(parts)
  }
  for (const key of ['properties', 'patternProperties'] as const) {
    const members = schema[key]
    if (members !== undefined) copy[key] = mapped(members, made)
  }
  if (typeof schema.additionalProperties === 'object')
    copy['additionalProperties'] = made(schema.additionalProperties)
  return Type.Unsafe(copy)
}

/** Not by assignment: a name may be `__proto__`. */
const mapped = <A>(
  record: Readonly<Record<string, A>>,
  map: (value: A) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
