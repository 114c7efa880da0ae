// Package peer is one end of a connection, on either side: it answers calls and makes them. It does not know where its
// bytes come from or go to.
package peer

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"simpleipc/internal/ipc/carried"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

const (
	// ReadBytes is how much is read at once.
	ReadBytes              = 64 * 1024
	defaultMaxMessageBytes = 64 * 1024 * 1024
	defaultMaxQueuedBytes  = 64 * 1024 * 1024
	// Limits of the requests that wait for their handlers to start.
	maxQueuedRequests     = 100_000
	maxQueuedRequestBytes = 256 * 1024 * 1024
)

// Options configure a peer. The zero value is a child's.
type Options struct {
	Context         context.Context // whose values the contexts of handlers have; its end is the owner's matter
	IsHost          bool
	Headers         bool // messages have a Content-Length before them
	HoldsCalls      bool // calls wait until SendHeld
	MaxMessageBytes int
	MaxQueuedBytes  int
	OnError         func(err error)                             // nil: stderr is told
	OnProtocolError func(message string)                        // nil: stderr is told of values that do not fit
	Meta            func(ctx context.Context) map[string]string // asked at each call and notification; nil: says nothing
	Debug           bool                                        // sends the stack of a handler that fails to its caller
	OnLine          func(line string)                           // nil: nobody wants them
	OnPlainLine     func(text string)                           // nil: nobody keeps them; it is told at once, before OnLine
	OnSilence       func() *ipc.ExitReport                      // describes a side that has sent nothing, for a call that is out of time
	OnDeaf          func()                                      // too much waits for the other side, which asks and does not read; told once, must not wait
	OnIdle          func()                                      // input has ended and everything is answered; may be told more than once
	Owner           any                                         // what the peer belongs to, for those who find the peer in a context
}

// Peer is one end of a connection: lines come in, calls are answered and made, lines go out. Fields above mu do not
// change; those below are guarded by it.
type Peer struct {
	options       Options
	contract      Contract
	methods       map[string]*Method
	notifications map[string]*Notification
	output        *output
	scheduler     *scheduler
	splitter      splitter
	ctx           context.Context // that of notifications' handlers; it ends with the connection
	end           context.CancelFunc

	// Used only by the goroutine that reads.
	hasRead  bool
	isCutOff bool // the line has no end, because nothing more comes
	tasks    []task

	undelivered *backlog
	reporter    reporter
	deaf        sync.Once
	hasHeard    atomic.Bool  // a message has arrived
	running     atomic.Int64 // handlers of requests that have begun and not returned

	mu          sync.Mutex
	inputEnded  bool
	isStopping  bool
	requests    map[wire.ID]*Incoming
	queued      int
	queuedBytes int
	calls       map[int64]*outgoing
	lastNumber  int64
	readUpTo    int64                     // how far the other side has read the output, as its answers show
	refusal     func(method string) error // why no call can be made any more
	phase       phase
	held        []heldCall // calls that wait for the start
	heldBytes   int
}

// New returns a peer with these handlers. Call Connect before anything else.
func New(contract Contract, handlers Handlers, options Options) *Peer {
	options.MaxMessageBytes = orDefault(options.MaxMessageBytes, defaultMaxMessageBytes)
	options.MaxQueuedBytes = orDefault(options.MaxQueuedBytes, defaultMaxQueuedBytes)
	options.Debug = options.Debug || os.Getenv("SIMPLE_IPC_DEBUG") == "1"
	p := &Peer{
		options:       options,
		contract:      contract,
		methods:       handlers.Methods,
		notifications: handlers.Notifications,
		requests:      map[wire.ID]*Incoming{},
		calls:         map[int64]*outgoing{},
	}
	if options.HoldsCalls {
		p.phase = isVerifying
	}
	values := context.Background()
	if options.Context != nil {
		values = context.WithoutCancel(options.Context)
	}
	if values.Value(carried.Key{}) != nil {
		// That is the meta of another peer's message, which what is handled here has not brought.
		values = context.WithValue(values, carried.Key{}, nil)
	}
	p.ctx, p.end = context.WithCancel(context.WithValue(values, peerKey{}, p))
	return p
}

// splitter splits what is read into messages and lines.
type splitter interface {
	Push(chunk []byte)
	End()
}

// Connect sets where messages are written. Call it once, before anything else.
func (p *Peer) Connect(write func(bytes []byte) error, broken func()) {
	p.output = newOutput(write, broken, p.options.MaxQueuedBytes)
	p.output.hasHeaders = p.options.Headers
	p.output.maxMessageBytes = p.options.MaxMessageBytes
	p.scheduler = &scheduler{output: p.output}
	p.undelivered = newBacklog(p.options.MaxQueuedBytes)
	if p.options.Headers {
		p.splitter = &wire.HeaderSplitter{Limit: p.options.MaxMessageBytes, Line: p.line, Skipped: p.skippedLine}
	} else {
		p.splitter = &wire.LineSplitter{Limit: p.options.MaxMessageBytes, Line: p.line, Skipped: p.skippedLine}
	}
}

// Receive handles bytes that were read. It waits only if too much is queued: for handlers or, in a child, for the host to
// read. Only one goroutine may call it.
func (p *Peer) Receive(chunk []byte) {
	p.splitter.Push(chunk)
	p.handOver()
	p.undelivered.wait()
	if !p.options.IsHost && p.output.isLong.Load() {
		// A host that does not read its answers has to wait with its requests. A host does not wait like that: it would not
		// read the answers to its own calls.
		p.output.waitBelow(p.options.MaxQueuedBytes)
	}
}

// CallNames returns the methods that were called and not answered, in the order of the calls.
func (p *Peer) CallNames() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	names := make([]string, 0, len(p.calls))
	numbers := make([]int64, 0, len(p.calls))
	for number := range p.calls {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	for _, number := range numbers {
		if name := p.calls[number].method; !strings.HasPrefix(name, "rpc.") {
			names = append(names, name)
		}
	}
	return names
}

func (p *Peer) openRequests() []*Incoming {
	p.mu.Lock()
	defer p.mu.Unlock()
	open := make([]*Incoming, 0, len(p.requests))
	for _, request := range p.requests {
		open = append(open, request)
	}
	return open
}

func orDefault(value, otherwise int) int {
	if value > 0 {
		return value
	}
	return otherwise
}

// FinishOutput waits until everything that was sent is written.
func (p *Peer) FinishOutput() { p.output.finish() }

// CloseOutput discards what is not written yet, and sends nothing more.
func (p *Peer) CloseOutput() { p.output.close() }

// IsCutOff reports whether a write has failed: nobody reads the output.
func (p *Peer) IsCutOff() bool { return p.output.isClosed() }

// Probe writes something to find out whether anybody still reads the output.
func (p *Peer) Probe() bool {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	wire.WriteDraining(w)
	p.output.append(w.Out)
	p.output.flush()
	return !p.output.isClosed()
}

// StopWaiting makes reading continue, however much is queued for handlers.
func (p *Peer) StopWaiting() { p.undelivered.end() }

// UndeliveredBytes returns how much has arrived and waits for its handlers.
func (p *Peer) UndeliveredBytes() int64 { return p.undelivered.bytes.Load() }

// Context is that of notifications' handlers, which has the peer.
func (p *Peer) Context() context.Context { return p.ctx }

// Owner returns what the peer is a part of, as set in its options.
func (p *Peer) Owner() any { return p.options.Owner }

// IsDebugged reports whether people step through code: no time runs out that is not their own.
func (p *Peer) IsDebugged() bool { return p.options.Debug }

// QueuedBytes returns how much waits to be sent.
func (p *Peer) QueuedBytes() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.size() + p.heldBytes
}

// MaxQueuedBytes returns how much may wait, unread or unsent.
func (p *Peer) MaxQueuedBytes() int { return p.options.MaxQueuedBytes }
