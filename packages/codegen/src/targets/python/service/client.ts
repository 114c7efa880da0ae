import type { CodeWriter } from '../../../print/code-writer.js'
import { foreignRules } from '../../../model/foreign-rules.js'
import type { MethodModel, NotificationModel, ParamsModel, SideModel, TypeRef } from '../../../model/model.js'
import { signatureLines } from '../types/annotation-layout.js'
import type { CodecContext } from '../codecs/codec-context.js'
import { reader } from '../codecs/codec-value.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { array, call, lines, prefixed, tuple, type Expression } from '../print/layout.js'
import { paramsOf } from './service.js'
import { docstring } from '../print/text.js'
import { annotation } from '../types/type-ref.js'

/** Who calls: handlers of the child, those that are coroutines, threads of a host, or coroutines of a host. */
export type Callers = 'handlers' | 'asyncHandlers' | 'threads' | 'coroutines'

interface ClientWords {
  base: string | undefined
  /** What a client without a base is made with. */
  link: string
  isAsync: boolean
  finish: string
  stream: string
  /** What a call gives, for what it answers with. */
  answer: (value: string) => string
  /** What may be said about a call. */
  options: readonly (readonly [name: string, type: string])[]
}

const seconds = 'float | None'
const words: Record<Callers, ClientWords> = {
  handlers: {
    base: undefined,
    link: `${ipc}.Link`,
    isAsync: false,
    finish: `${ipc}.finish`,
    stream: `${ipc}.Stream`,
    answer: value => value,
    options: [['timeout', seconds]],
  },
  asyncHandlers: {
    base: undefined,
    link: `${ipc}.AsyncLink`,
    isAsync: true,
    finish: `${ipc}.finish_async`,
    stream: `${ipc}.AsyncStream`,
    answer: value => `${ipc}.Answer[${value}]`,
    options: [['timeout', seconds]],
  },
  threads: {
    base: 'host.Client',
    link: '',
    isAsync: false,
    finish: 'host.finish',
    stream: 'host.Stream',
    answer: value => value,
    options: [
      ['timeout', seconds],
      ['idle_timeout', seconds],
      ['cancel', 'host.CancelEvent | None'],
    ],
  },
  coroutines: {
    base: 'host.AsyncClient',
    link: '',
    isAsync: true,
    finish: 'host.finish_async',
    stream: 'host.AsyncStream',
    answer: value => `host.Answer[${value}]`,
    options: [
      ['timeout', seconds],
      ['idle_timeout', seconds],
    ],
  },
}

/** The class through which the other side is called. */
export function declareClient(
  name: string,
  side: SideModel,
  docs: string,
  callers: Callers,
  context: CodecContext,
  out: CodeWriter,
): void {
  const { base, link, isAsync } = words[callers]
  const [def, sending] = isAsync ? ['async def', 'await '] : ['def', '']
  out.block(base === undefined ? `class ${name}:` : `class ${name}(${base}):`, () => {
    out.line(...docstring([docs], out.column))
    if (base === undefined) {
      out.blank()
      out.block(`def __init__(self, link: ${link}) -> None:`, () => out.line('self._link = link'))
    }
    for (const method of side.methods) {
      out.blank()
      clientMethod(method, callers, context, out)
    }
    for (const notification of side.notifications) {
      out.blank()
      clientNotification(notification, callers, context, out)
    }
    if (base !== undefined) return
    out.blank()
    out.block(`${def} send_plain_line(self, text: str) -> None:`, () => {
      out.line(...docstring(['Sends a line that is not a message.'], out.column))
      out.line(`${sending}self._link.send_line(text)`)
    })
  })
}

function clientMethod(method: MethodModel, callers: Callers, context: CodecContext, out: CodeWriter): void {
  const { names } = context
  const { result, stream, progress } = method
  const { options, finish, stream: streamClass, answer } = words[callers]
  const value = result === undefined ? 'None' : annotation(result, context)
  const parameters = [
    'self',
    ...paramsOf(method.params, context),
    '*',
    ...options.map(([option, type]) => `${option}: ${type} = None`),
    metaParameter(context),
    ...(progress === undefined
      ? []
      : [
          `on_progress: ${context.imports.use('Callable')}[[${annotation(progress, context)}], object] | None = None`,
        ]),
  ]
  const given =
    stream === undefined ? answer(value) : `${streamClass}[${annotation(stream, context)}, ${value}]`
  out.line(...signatureLines(call(`def ${names.method(method.name)}`, ...parameters), given, out.column))
  out.indented(() => {
    if (method.docs.length > 0) out.line(...docstring(method.docs, out.column))
    const start = call(
      'self._link.start',
      context.strings.of(method.name),
      ...asking(method, callers, context),
      ...errorsOf(method, context),
      'meta=meta',
    )
    out.line(...lines('call = ', start, '', out.column))
    const passed: Expression[] = [
      ...options.map(([option]) => `${option}=${option}`),
      ...(progress === undefined
        ? []
        : [prefixed('progress=', reader(progress, 'decode', context)), 'on_progress=on_progress']),
    ]
    const readers = [
      ...(stream === undefined ? [] : [reader(stream, 'decode', context)]),
      read(result, context),
    ]
    const made = call(stream === undefined ? finish : streamClass, 'call', ...readers, ...passed)
    out.line(...lines('return ', made, '', out.column))
  })
}

/** What a message carries beside its params, in addition to what is passed on. */
const metaParameter = ({ imports }: CodecContext): string =>
  `meta: ${imports.use('Mapping')}[str, str] | None = ${ipc}.NOTHING_MORE`

const read = (ref: TypeRef | undefined, context: CodecContext): Expression =>
  ref === undefined ? `${ipc}.ignored` : reader(ref, 'decode', context)

/** What a call sends; to a program written by others, with a token if anybody waits for its progress. */
function asking({ params, progress }: MethodModel, callers: Callers, context: CodecContext): Expression[] {
  const [value = '', write = ''] = outgoing(params, context)
  const isAsked = foreignRules(context.model)?.progress !== 'none' && context.model.foreign !== undefined
  if (progress === undefined || !isAsked || words[callers].base === undefined) return [value, write]
  return [value, call('contract.FOREIGN.asking', write, 'on_progress', 'idle_timeout')]
}

const outgoing = ({ type }: ParamsModel, context: CodecContext): Expression[] =>
  type === undefined ? ['None', `${ipc}.nothing`] : ['params', reader(type, 'encode', context)]

function errorsOf(method: MethodModel, context: CodecContext): Expression[] {
  if (method.errors.length === 0) return []
  const entries = method.errors.map(({ id, data }) =>
    tuple(context.names.error(id), data === undefined ? `${ipc}.nothing` : reader(data, 'decode', context)),
  )
  return [prefixed('errors=', array(...entries))]
}

function clientNotification(
  notification: NotificationModel,
  callers: Callers,
  context: CodecContext,
  out: CodeWriter,
): void {
  const name = context.names.method(notification.name)
  const [def, sending] = words[callers].isAsync ? ['async def', 'await '] : ['def', '']
  out.line(
    ...lines(
      '',
      call(`${def} ${name}`, 'self', ...paramsOf(notification.params, context), '*', metaParameter(context)),
      ' -> None:',
      out.column,
    ),
  )
  out.indented(() => {
    if (notification.docs.length > 0) out.line(...docstring(notification.docs, out.column))
    const sent = call(
      `${sending}self._link.notify`,
      context.strings.of(notification.name),
      ...outgoing(notification.params, context),
      'meta=meta',
    )
    out.line(...lines('', sent, '', out.column))
  })
}
