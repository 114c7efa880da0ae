import type { GoWriter } from '../print/go-writer.js'
import { comment } from '../print/text.js'

/** The child's door: what a program calls to answer its host, and to reach it. */
export function declareServe(out: GoWriter): void {
  out
    .blank()
    .line(
      ...comment([
        'Serve answers the host over stdin and stdout until it closes our input.',
        'Whatever else prints goes to stderr. Handlers that have a method Started(host *Host) are given the way to the host before the first message; within a call, HostFrom finds it.',
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
      'HostFrom gives the way to the host from the context of a handler. A call to the host that is made with that context is cancelled with it.',
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
        'Spawn starts a child and gives the way to it. The handlers answer what the child asks; they may be nil where the contract lets it ask nothing. Stop ends the child.',
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
  out.line(...comment(['ClientFrom gives the way to the child from the context of a handler of the host.']))
  out.block('func ClientFrom(ctx context.Context) *Client {', () =>
    out.line('worker, p := host.From(ctx)', 'return &Client{Worker: worker, peer: p}'),
  )
}

/** The types through which each side calls the other. */
export function declareEnds(out: GoWriter): void {
  out.blank().line(...comment(['Client is the child as its host calls it. Worker is its process.']))
  out.block('type Client struct {', () => out.line('Worker', 'peer *peer.Peer')).blank()
  out.line('// Host is the host as its child calls it.')
  out.block('type Host struct {', () => out.line('peer *peer.Peer')).blank()
  out.line('// SendLine sends the host a line that is no message.')
  out
    .block('func (h *Host) SendLine(text string) error {', () => out.line('return h.peer.SendLine(text)'))
    .blank()
  out.line('// Ping asks the host for a sign of life.')
  out.block('func (h *Host) Ping(ctx context.Context) error {', () => out.line('return h.peer.Ping(ctx)'))
}
