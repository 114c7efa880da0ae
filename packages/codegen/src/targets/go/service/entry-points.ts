import type { GoWriter } from '../print/go-writer.js'
import { comment } from '../print/text.js'
import { hasHandlers, type Role } from './service.js'

/** The child's door: what a program calls to answer its host, and to reach it. */
export function declareServe(role: Role, out: GoWriter): void {
  out
    .blank()
    .line(
      ...comment([
        'Serve answers the host over stdin and stdout until the host closes the input. It returns an error if the host is gone, or the context has ended, before everything is answered; the contexts of handlers have the values of that context.',
        'Anything else that is printed goes to stderr. In a handler, and in OnStart, use HostFrom.',
      ]),
    )
  out
    .block(`func Serve(ctx context.Context, ${handlersParameter(role)}options ...ServeOptions) error {`, () =>
      out.line(`return child.Serve(ctx, contract, ${handlersOf(role)}, options)`),
    )
    .blank()
  out.line(
    ...comment([
      'HostFrom returns the client of the host for the context of a handler, or of OnStart. Calls that are made with that context are cancelled with it, and pass on its meta; so do the notifications of this client.',
    ]),
  )
  out.block('func HostFrom(ctx context.Context) *HostClient {', () =>
    out.line('return &HostClient{peer: peer.From(ctx), ctx: ctx}'),
  )
}

/** The host's door: starts a child. */
export function declareSpawn(role: Role, out: GoWriter): void {
  const answers = hasHandlers(role) ? ' The handlers answer the calls of the child.' : ''
  out
    .blank()
    .line(
      ...comment([
        `Spawn starts a child.${answers} Call Stop or Close to stop the child, which also happens when the context ends. The contexts of handlers and of OnStart have the values of that context.`,
      ]),
    )
  out
    .block(
      `func Spawn(ctx context.Context, command []string, ${handlersParameter(role)}options ...SpawnOptions) (*ChildClient, error) {`,
      () => {
        out.line(`worker, p, err := host.Start(ctx, contract, command, ${handlersOf(role)}, options)`)
        out.block('if err != nil {', () => out.line('return nil, err'))
        out.line('return &ChildClient{Worker: worker, peer: p, ctx: p.Context()}, nil')
      },
    )
    .blank()
  out.line(
    ...comment([
      'ChildFrom returns the client of the child for the context of a handler of the host, or of OnStart. Its notifications pass on the meta of that context.',
    ]),
  )
  out.block('func ChildFrom(ctx context.Context) *ChildClient {', () =>
    out.line('worker, p := host.From(ctx)', 'return &ChildClient{Worker: worker, peer: p, ctx: ctx}'),
  )
}

// A notification takes no context: that from which its client was made says what it carries beside its params.
const notificationsOf = 'ctx  context.Context'

/** The types through which each side calls the other. */
export function declareEnds(out: GoWriter): void {
  out.blank().line(...comment(['ChildClient calls a child. Worker is its process.']))
  out.block('type ChildClient struct {', () => out.line('Worker', 'peer *peer.Peer', notificationsOf)).blank()
  out.line('// HostClient calls the host of a child.')
  out.block('type HostClient struct {', () => out.line('peer *peer.Peer', notificationsOf)).blank()
  out.line('// SendLine sends the host a line that is not a message.')
  out
    .block('func (h *HostClient) SendLine(text string) error {', () =>
      out.line('return h.peer.SendLine(text)'),
    )
    .blank()
  out.line('// Ping waits for a sign of life of the host.')
  out.block('func (h *HostClient) Ping(ctx context.Context) error {', () =>
    out.line('return h.peer.Ping(ctx)'),
  )
}

// A side that is asked nothing has no handlers to pass.
const handlersParameter = (role: Role): string => (hasHandlers(role) ? `handlers ${role.handlers}, ` : '')

const handlersOf = (role: Role): string =>
  hasHandlers(role) ? `${role.title}Handlers(handlers)` : 'peer.Handlers{}'
