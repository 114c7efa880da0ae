import type { GoWriter } from '../print/go-writer.js'
import { comment } from '../print/text.js'

/** The child's door: what a program calls to answer its host, and to reach it. */
export function declareServe(out: GoWriter): void {
  out
    .blank()
    .line(
      ...comment([
        'Serve answers the host over stdin and stdout until the host closes the input. It returns an error if the host is gone before everything is answered.',
        'Anything else that is printed goes to stderr. If the handlers have a method Started(host *Host), it is called before the first message is handled. In a handler, use HostFrom.',
      ]),
    )
  out
    .block('func Serve(handlers Handlers, options ServeOptions) error {', () => {
      out.block('started := func(p *peer.Peer) {', () => {
        out.block('if told, ok := handlers.(interface{ Started(host *Host) }); ok {', () =>
          out.line('told.Started(&Host{peer: p})'),
        )
      })
      out.line(
        'return child.Serve(contract, childMethods(handlers), childNotifications(handlers), options, started)',
      )
    })
    .blank()
  out.line(
    ...comment([
      'HostFrom returns the Host for the context of a handler. Calls that are made with that context are cancelled with it.',
    ]),
  )
  out.block('func HostFrom(ctx context.Context) *Host {', () =>
    out.line('return &Host{peer: peer.From(ctx)}'),
  )
}

/** The host's door: starts a child. */
export function declareSpawn(out: GoWriter): void {
  out
    .blank()
    .line(
      ...comment([
        'Spawn starts a child. The handlers answer the calls of the child; they may be nil if the contract has none. Call Stop or Close to stop the child.',
      ]),
    )
  out
    .block(
      'func Spawn(command []string, handlers HostHandlers, options SpawnOptions) (*Client, error) {',
      () => {
        out.line(
          'worker, p, err := host.Start(contract, command, hostMethods(handlers), hostNotifications(handlers), options)',
        )
        out.block('if err != nil {', () => out.line('return nil, err'))
        out.line('return &Client{Worker: worker, peer: p}, nil')
      },
    )
    .blank()
  out.line(
    ...comment(['ClientFrom returns the Client for the context of a handler of the host, or of OnStart.']),
  )
  out.block('func ClientFrom(ctx context.Context) *Client {', () =>
    out.line('worker, p := host.From(ctx)', 'return &Client{Worker: worker, peer: p}'),
  )
}

/** The types through which each side calls the other. */
export function declareEnds(out: GoWriter): void {
  out.blank().line(...comment(['Client calls a child. Worker is its process.']))
  out.block('type Client struct {', () => out.line('Worker', 'peer *peer.Peer')).blank()
  out.line('// Host calls the host of a child.')
  out.block('type Host struct {', () => out.line('peer *peer.Peer')).blank()
  out.line('// SendLine sends the host a line that is not a message.')
  out
    .block('func (h *Host) SendLine(text string) error {', () => out.line('return h.peer.SendLine(text)'))
    .blank()
  out.line('// Ping waits for a sign of life of the host.')
  out.block('func (h *Host) Ping(ctx context.Context) error {', () => out.line('return h.peer.Ping(ctx)'))
}
