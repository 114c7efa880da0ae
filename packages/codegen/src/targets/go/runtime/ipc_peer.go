package simpleipc

import (
	"context"
	"slices"
	"strings"
	"sync"
)

const (
	// readBytes is how much is read at once.
	readBytes              = 64 * 1024
	defaultMaxMessageBytes = 64 * 1024 * 1024
	defaultMaxQueuedBytes  = 64 * 1024 * 1024
	// How many requests, and how much of them, may wait for their handlers to start.
	maxQueuedRequests     = 100_000
	maxQueuedRequestBytes = 256 * 1024 * 1024
)

// peer is one end of a connection: lines come in, calls are answered and made, lines go out. What its fields above mu
// say does not change; what is below is guarded by it.
type peer struct {
	contract        contractInfo
	methods         map[string]*method
	notifications   map[string]*notification
	output          *output
	turns           *turns
	splitter        lineSplitter
	maxMessageBytes int
	maxQueuedBytes  int
	debug           bool
	isHost          bool
	onLine          func(line string) // nil: nobody wants them
	onIdle          func()            // input has ended and everything is answered; may be told more than once
	onPlainLine     func(text string) // nil: nobody keeps them; it is told at once, before onLine
	owner           any               // what the peer belongs to, for those who find the peer in a context
	ctx             context.Context   // that of notifications' handlers; it ends with the connection
	end             context.CancelFunc

	// Only the goroutine that reads looks at these.
	hasRead   bool
	tasks     []task
	uncounted []*outgoing // with items that were consumed and not yet told

	undelivered *backlog

	mu          sync.Mutex
	inputEnded  bool
	isStopping  bool
	requests    map[messageID]*incoming
	queued      int
	queuedBytes int
	calls       map[int64]*outgoing
	lastNumber  int64
	refusal     func(method string) error // why no call can be made any more
	isVerifying bool
	held        []heldCall // calls that wait for the verification
}

func newPeer(contract contractInfo, methods map[string]*method, notifications map[string]*notification) *peer {
	p := &peer{
		contract:      contract,
		methods:       methods,
		notifications: notifications,
		requests:      map[messageID]*incoming{},
		calls:         map[int64]*outgoing{},
	}
	p.ctx, p.end = context.WithCancel(context.WithValue(context.Background(), peerKey{}, p))
	return p
}

// connect says where messages go. It is called once, before anything else.
func (p *peer) connect(write func(bytes []byte) error, broken func()) {
	p.output = newOutput(write, broken)
	p.turns = &turns{output: p.output}
	p.undelivered = newBacklog(p.maxQueuedBytes)
	p.splitter = lineSplitter{limit: p.maxMessageBytes, line: p.line, skipped: p.skippedLine}
}

// receive takes bytes. It never waits for a write, and for handlers only when too much is left to them; one goroutine calls
// it.
func (p *peer) receive(chunk []byte) {
	p.splitter.push(chunk)
	p.handOver()
	p.undelivered.wait()
}

// endOfInput says that the other side sends nothing more: no credit, no answers.
func (p *peer) endOfInput(refusal func(method string) error) {
	p.splitter.end()
	p.mu.Lock()
	p.inputEnded = true
	p.mu.Unlock()
	p.failCalls(refusal)
	for _, request := range p.openRequests() {
		request.openWindow()
	}
	p.inOrder(0, p.lookForEnd)
	p.handOver()
}

func (p *peer) hasInputEnded() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inputEnded
}

// failCalls fails every open call, behind everything that was received, and every later one. Only the goroutine that
// reads calls it, or whoever comes after that has ended.
func (p *peer) failCalls(refusal func(method string) error) {
	for _, call := range p.refuseCalls(refusal) {
		p.inOrder(0, func() { call.settle(nil, refusal(call.method)) })
	}
}

// refuseCalls refuses every later call, unless that is so already, and gives the open ones.
func (p *peer) refuseCalls(refusal func(method string) error) map[int64]*outgoing {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refusal == nil {
		p.refusal = refusal
	}
	open := p.calls
	p.calls = map[int64]*outgoing{}
	return open
}

// callNames gives the methods that were called and not answered, in the order of the calls.
func (p *peer) callNames() []string {
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

func (p *peer) openRequests() []*incoming {
	p.mu.Lock()
	defer p.mu.Unlock()
	open := make([]*incoming, 0, len(p.requests))
	for _, request := range p.requests {
		open = append(open, request)
	}
	return open
}

func (p *peer) cancelEverything() {
	p.end()
	p.undelivered.end()
	for _, request := range p.openRequests() {
		request.cancel()
	}
}

func (p *peer) isBusy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.requests) > 0 || !p.undelivered.isEmpty()
}

// lookForEnd tells when the input has ended and nothing is left to do.
func (p *peer) lookForEnd() {
	p.mu.Lock()
	isOver := p.inputEnded && len(p.requests) == 0 && p.undelivered.isEmpty()
	p.mu.Unlock()
	if isOver && p.onIdle != nil {
		p.onIdle()
	}
}

// handOver gives the turns what one chunk has brought.
func (p *peer) handOver() {
	for _, call := range p.uncounted {
		call.giveCredit()
	}
	p.uncounted = p.uncounted[:0]
	if len(p.tasks) > 0 {
		p.turns.put(p.tasks)
		clear(p.tasks)
		p.tasks = p.tasks[:0]
	}
}

// deliver hands a notification or a plain line to its handler, in its turn.
func (p *peer) deliver(size int, handle func(ctx context.Context)) {
	p.undelivered.add(size)
	p.tasks = append(p.tasks, task{run: func(turn *turn) {
		defer p.delivered(size)
		handle(context.WithValue(p.ctx, turnKey{}, turn))
	}})
}

// inOrder runs something quick now, or behind the notifications that came before.
func (p *peer) inOrder(size int, run func()) {
	if p.undelivered.isEmpty() {
		run()
		return
	}
	p.undelivered.add(size)
	p.tasks = append(p.tasks, task{isQuick: true, run: func(*turn) {
		defer p.delivered(size)
		run()
	}})
}

func (p *peer) delivered(size int) {
	p.undelivered.remove(size)
	if p.undelivered.isEmpty() && p.hasInputEnded() {
		p.lookForEnd()
	}
}

// refuseNew says why no call can be made from now on.
func (p *peer) refuseNew(refusal func(method string) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isStopping {
		return
	}
	p.refusal = refusal
}

// shutDown settles everything that is open: the other side's requests are answered, our calls are cancelled.
func (p *peer) shutDown() {
	p.mu.Lock()
	wasStopping := p.isStopping
	p.isStopping = true
	p.mu.Unlock()
	if wasStopping {
		return
	}
	p.undelivered.end()
	for _, request := range p.openRequests() {
		request.shutDown()
	}
	for _, call := range p.refuseCalls(notRunning) {
		p.sendCancel(call)
		call.settle(nil, stopped(call.method))
	}
}

func orDefault(value, otherwise int) int {
	if value > 0 {
		return value
	}
	return otherwise
}
