package peer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// maxReports is how many progress reports are kept for a caller who does not wait for them.
const maxReports = 1024

// outgoing is a call of this side: the goroutine that reads adds what arrives, and the caller takes it.
type outgoing struct {
	peer     *Peer
	ctx      context.Context
	number   int64
	method   string
	known    map[int64]ErrorReader
	progress func(value *jsontree.Node) error
	token    wire.ID       // under which a foreign program reports progress
	signal   chan struct{} // something has arrived
	end      int64         // where its message ends in the output; peer.mu guards it
	isHeld   bool          // it waits for the start; peer.mu guards it
	answered atomic.Bool   // its answer has arrived, though perhaps behind notifications

	mu          sync.Mutex
	isSettled   bool
	result      *jsontree.Node
	failure     error
	items       []arrivedItem
	queuedBytes int
	drops       bool // nobody reads the items
	window      wire.ReceiveWindow
	reports     []*jsontree.Node
	unwatch     func() bool // nil: nobody watches the context
}

type arrivedItem struct {
	value *jsontree.Node
	size  int // about
}

// ---- the goroutine that reads, or whoever has the turn

func (c *outgoing) settle(result *jsontree.Node, failure error) {
	c.mu.Lock()
	if !c.isSettled {
		c.isSettled, c.result, c.failure = true, result, failure
	}
	unwatch := c.unwatch
	c.mu.Unlock()
	if unwatch != nil {
		unwatch()
	}
	c.tell()
}

// arrived adds items that came in one message of this size.
func (c *outgoing) arrived(values []jsontree.Node, size int) {
	each := size / len(values)
	c.mu.Lock()
	credit, isOverflow := 0, false
	switch {
	case c.isSettled:
	case c.drops:
		for range values {
			credit += c.window.Consumed(each)
		}
	default:
		for i := range values {
			c.items = append(c.items, arrivedItem{&values[i], each})
		}
		c.queuedBytes += each * len(values)
		isOverflow = c.queuedBytes > c.peer.options.MaxQueuedBytes
	}
	c.mu.Unlock()
	c.peer.sendCredit(c.number, credit)
	if isOverflow {
		text := "%s ignores the stream's window: more than %d bytes (MaxQueuedBytes) wait unread; it was cancelled"
		c.cancel(&ipc.Error{Kind: ipc.KindStreamOverflow, Method: c.method, Message: fmt.Sprintf(text, c.method, c.peer.options.MaxQueuedBytes)})
	}
	c.tell()
}

func (c *outgoing) report(value *jsontree.Node) {
	if c.progress == nil {
		return
	}
	c.mu.Lock()
	if len(c.reports) == maxReports {
		c.reports = append(c.reports[:0], c.reports[1:]...)
	}
	if !c.isSettled {
		c.reports = append(c.reports, value)
	}
	c.mu.Unlock()
	c.tell()
}

func (c *outgoing) tell() {
	select {
	case c.signal <- struct{}{}:
	default:
	}
}

// readError returns the error that the other side answered with.
func (c *outgoing) readError(failure *jsontree.Node) error {
	code, _ := wire.IDOf(failure.Find("code")).Number()
	message := "The call failed"
	if text := failure.Find("message"); text != nil && text.Kind == jsontree.String {
		message = text.CloneText()
	}
	data := failure.Find("data")
	plain := &ipc.Error{Code: code, Method: c.method, Message: message}
	if data != nil {
		w := jsontree.Writer{}
		w.Node(data)
		plain.Data = w.Out
	}
	read := c.known[code]
	if read == nil {
		return plain
	}
	err := read(message, data)
	var fault *ipc.InvalidValueError
	if errors.As(err, &fault) {
		text := fmt.Sprintf("The data of an error of %s does not fit the contract: data", c.method)
		return misfit(ipc.KindInvalidResult, c.method, text, fault)
	}
	return err
}

// ---- the caller

// cancel settles the call here and cancels it on the other side, unless it is already settled.
func (c *outgoing) cancel(failure error) {
	c.mu.Lock()
	if c.isSettled {
		c.mu.Unlock()
		return
	}
	c.isSettled, c.failure = true, failure
	unwatch := c.unwatch
	c.mu.Unlock()
	if unwatch != nil {
		unwatch()
	}
	c.peer.abandon(c)
	c.tell()
}

// watchContext cancels the call when its context ends, although nobody waits for it.
func (c *outgoing) watchContext() {
	if c.ctx.Done() == nil {
		return
	}
	unwatch := context.AfterFunc(c.ctx, c.expire)
	c.mu.Lock()
	c.unwatch = unwatch
	isSettled := c.isSettled
	c.mu.Unlock()
	if isSettled {
		unwatch()
	}
}

// dropItems consumes items as they arrive, because nobody reads them.
func (c *outgoing) dropItems() {
	c.mu.Lock()
	c.drops = true
	for _, item := range c.items {
		c.window.Add(item.size)
	}
	c.items, c.queuedBytes = nil, 0
	c.mu.Unlock()
	c.giveCredit()
}

// giveCredit sends credit for everything that was consumed.
func (c *outgoing) giveCredit() {
	c.mu.Lock()
	items := c.window.Take()
	isOpen := !c.isSettled
	c.mu.Unlock()
	if isOpen {
		c.peer.sendCredit(c.number, items)
	}
}

// takeItem returns the next item, if one has arrived.
func (c *outgoing) takeItem() (value *jsontree.Node, ok bool) {
	c.mu.Lock()
	// A caller that has dropped items and reads now gets those that come from now on.
	c.drops = c.isSettled
	if len(c.items) == 0 {
		c.mu.Unlock()
		return nil, false
	}
	next := c.items[0]
	c.items[0] = arrivedItem{}
	c.items = c.items[1:]
	c.queuedBytes -= next.size
	credit := c.window.Consumed(next.size)
	isOpen := !c.isSettled
	c.mu.Unlock()
	if isOpen {
		c.peer.sendCredit(c.number, credit)
	}
	return next.value, true
}

// hear passes on the progress reports that have arrived, and reports whether nothing more will come.
func (c *outgoing) hear() (isOver bool) {
	c.mu.Lock()
	reports, isOver := c.reports, c.isSettled
	c.reports = nil
	c.mu.Unlock()
	for _, value := range reports {
		if fault, ok := Find[*ipc.InvalidValueError](c.progress(value)); ok {
			c.peer.violated(true, "a progress report of "+c.method+" was dropped, it does not fit the contract: progress"+fault.Sentence())
		}
	}
	return isOver
}

// wait waits for something to arrive; when the context ends, the call is cancelled.
func (c *outgoing) wait() {
	passTurn(c.ctx)
	select {
	case <-c.signal:
	case <-c.ctx.Done():
		c.expire()
	}
}

// finish waits for the result.
func (c *outgoing) finish(read func(result *jsontree.Node) error) error {
	for !c.hear() {
		c.wait()
	}
	c.mu.Lock()
	result, failure := c.result, c.failure
	c.mu.Unlock()
	if failure != nil {
		return failure
	}
	if read == nil {
		return nil
	}
	if result == nil {
		result = &jsontree.Node{Kind: jsontree.Null}
	}
	err := read(result)
	var fault *ipc.InvalidValueError
	if errors.As(err, &fault) {
		text := c.method + " answered with something that does not fit the contract: result"
		return misfit(ipc.KindInvalidResult, c.method, text, fault)
	}
	return err
}
