package simpleipc

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// maxReports is how many reports of progress are kept for a caller who does not wait for them.
const maxReports = 1024

// outgoing is one call of the other side: the goroutine that reads puts in what arrives, the caller takes it.
type outgoing struct {
	peer     *peer
	ctx      context.Context
	number   int64
	method   string
	known    map[int64]errorReader
	progress func(value *node)
	signal   chan struct{} // something has arrived
	isHeld   bool          // it waits for the verification of the contract; peer.mu guards it

	mu          sync.Mutex
	isSettled   bool
	result      *node
	failure     error
	items       []arrivedItem
	queuedBytes int
	drops       bool // nobody reads the items
	window      receiveWindow
	reports     []*node
}

type arrivedItem struct {
	value *node
	size  int
}

// ---- the goroutine that reads, or whoever has the turn

func (c *outgoing) settle(result *node, failure error) {
	c.mu.Lock()
	if !c.isSettled {
		c.isSettled, c.result, c.failure = true, result, failure
	}
	c.mu.Unlock()
	c.tell()
}

func (c *outgoing) item(value *node, size int) {
	c.mu.Lock()
	credit, isOverflow := 0, false
	switch {
	case c.isSettled:
	case c.drops:
		credit = c.window.consumed(size)
	default:
		c.items = append(c.items, arrivedItem{value, size})
		c.queuedBytes += size
		isOverflow = c.queuedBytes > c.peer.maxQueuedBytes
	}
	c.mu.Unlock()
	c.peer.sendCredit(c.number, credit)
	if isOverflow {
		text := "%s ignores the stream's window: more than %d bytes (MaxQueuedBytes) wait unread; it was cancelled"
		c.cancel(&Error{Kind: KindStreamOverflow, Message: fmt.Sprintf(text, c.method, c.peer.maxQueuedBytes)})
	}
	c.tell()
}

func (c *outgoing) report(value *node) {
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

// readError makes an error of what the other side answered with.
func (c *outgoing) readError(failure *node) error {
	var code int64
	if id := idOf(failure.Find("code")); id.kind == numberID {
		code = id.number
	}
	message := "The call failed"
	if text := failure.Find("message"); text != nil && text.kind == aString {
		message = text.text()
	}
	data := failure.Find("data")
	plain := &Error{Code: code, Message: message}
	if data != nil {
		w := writer{}
		w.node(data)
		plain.Data = w.bytes
	}
	read := c.known[code]
	if read == nil {
		return plain
	}
	err := read(message, data)
	var fault *InvalidValueError
	if errors.As(err, &fault) {
		text := fmt.Sprintf("The data of an error of %s does not fit the contract: data", c.method)
		return misfit(KindInvalidResult, text, fault)
	}
	return err
}

// ---- the caller

// cancel settles the call here and tells the other side, unless it is settled already.
func (c *outgoing) cancel(failure error) {
	c.mu.Lock()
	if c.isSettled {
		c.mu.Unlock()
		return
	}
	c.isSettled, c.failure = true, failure
	c.mu.Unlock()
	c.peer.abandon(c)
	c.tell()
}

// dropItems says that nobody reads the items: they are consumed as they come.
func (c *outgoing) dropItems() {
	c.mu.Lock()
	c.drops = true
	for _, item := range c.items {
		c.window.add(item.size)
	}
	c.items, c.queuedBytes = nil, 0
	c.mu.Unlock()
	c.giveCredit()
}

// giveCredit tells of everything that was consumed.
func (c *outgoing) giveCredit() {
	c.mu.Lock()
	items := c.window.take()
	isOpen := !c.isSettled
	c.mu.Unlock()
	if isOpen {
		c.peer.sendCredit(c.number, items)
	}
}

// takeItem takes the next item that is there.
func (c *outgoing) takeItem() (value *node, ok bool) {
	c.mu.Lock()
	// Whoever has dropped items and reads now gets what comes from now on.
	c.drops = c.isSettled
	if len(c.items) == 0 {
		c.mu.Unlock()
		return nil, false
	}
	next := c.items[0]
	c.items[0] = arrivedItem{}
	c.items = c.items[1:]
	c.queuedBytes -= next.size
	credit := c.window.consumed(next.size)
	isOpen := !c.isSettled
	c.mu.Unlock()
	if isOpen {
		c.peer.sendCredit(c.number, credit)
	}
	return next.value, true
}

// hear hands on the progress that has arrived, and says whether nothing more will come.
func (c *outgoing) hear() (isOver bool) {
	c.mu.Lock()
	reports, isOver := c.reports, c.isSettled
	c.reports = nil
	c.mu.Unlock()
	for _, value := range reports {
		c.progress(value)
	}
	return isOver
}

// wait waits for something to arrive; when the context ends, the call is cancelled.
func (c *outgoing) wait() {
	passTurn(c.ctx)
	select {
	case <-c.signal:
	case <-c.ctx.Done():
		c.cancel(abandoned(c.ctx, c.method))
	}
}

// finish waits for the result.
func (c *outgoing) finish(read func(result *node) error) error {
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
		result = &node{kind: aNull}
	}
	err := read(result)
	var fault *InvalidValueError
	if errors.As(err, &fault) {
		text := c.method + " answered with something that does not fit the contract: result"
		return misfit(KindInvalidResult, text, fault)
	}
	return err
}
