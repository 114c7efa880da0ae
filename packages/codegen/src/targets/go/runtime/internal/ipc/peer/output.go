package peer

import (
	"runtime"
	"sync"
	"sync/atomic"

	"simpleipc/internal/ipc/wire"
)

const (
	// fullBytes is how much may be queued before handlers have to wait.
	fullBytes = 1024 * 1024
	// keptOutputBytes is how much memory stays reserved for further messages.
	keptOutputBytes = 256 * 1024
	// roomOfPipe is how much a write to a pipe whose reader has read everything before takes without waiting, on every
	// system.
	roomOfPipe = 4096
)

// output gathers messages: whoever writes takes everything that is queued. Handlers wait for room after they have added
// something; the goroutine that reads never waits.
type output struct {
	write  func(bytes []byte) error
	broken func() // called once, when a write has failed

	hasHeaders bool // each message is preceded by its size
	// How long a message of several items may become.
	maxMessageBytes int

	mu      sync.Mutex
	room    sync.Cond
	pending []byte
	total   int64 // all that was ever added
	least   int   // so long a queue may make somebody wait
	isLong  atomic.Bool
	spare   []byte
	closed  bool
	batch   batch

	writing sync.Mutex
	wake    chan struct{}
	over    chan struct{}
}

func newOutput(write func(bytes []byte) error, broken func(), limit int) *output {
	o := &output{write: write, broken: broken, least: min(fullBytes, limit), wake: make(chan struct{}, 1), over: make(chan struct{})}
	o.room.L = &o.mu
	go o.writeLater()
	return o
}

// append adds a message. It returns how many bytes there have been altogether.
func (o *output) append(line []byte) (end int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.batch.of = nil
	if o.hasHeaders && !o.closed {
		o.pending = append(o.pending, wire.Header(len(line))...)
	}
	o.add(line)
	return o.total
}

// add adds to what is queued; o.mu is held.
func (o *output) add(bytes []byte) {
	if !o.closed {
		o.pending = append(o.pending, bytes...)
		if len(o.pending) >= o.least {
			o.isLong.Store(true)
		}
	}
	o.total += int64(len(bytes))
}

// waitForRoom waits until less is queued.
func (o *output) waitForRoom() { o.waitBelow(fullBytes) }

// waitBelow waits until less than this is queued.
func (o *output) waitBelow(limit int) {
	o.mu.Lock()
	for len(o.pending) >= limit && !o.closed {
		o.nudge()
		o.room.Wait()
	}
	o.mu.Unlock()
}

// size returns how many bytes are queued.
func (o *output) size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.pending)
}

// nudge makes another goroutine write everything soon.
func (o *output) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *output) hasPending() bool { return o.size() > 0 }

func (o *output) isFull() bool { return o.size() >= fullBytes }

func (o *output) isClosed() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closed
}

// flush writes everything that is queued. If another goroutine is writing, that one writes it.
func (o *output) flush() {
	for o.hasPending() && o.writing.TryLock() {
		o.writePending()
		o.writing.Unlock()
	}
}

// finish waits until everything is written.
func (o *output) finish() {
	o.writing.Lock()
	defer o.writing.Unlock()
	o.writePending()
}

// close discards what is not yet written and accepts nothing more.
func (o *output) close() {
	o.mu.Lock()
	wasClosed := o.closed
	o.closed = true
	o.pending = nil
	o.room.Broadcast()
	o.mu.Unlock()
	if !wasClosed {
		close(o.over)
	}
}

func (o *output) writePending() {
	o.mu.Lock()
	bytes := o.pending
	o.batch.of = nil
	o.pending, o.spare = o.spare, nil
	if len(bytes) >= o.least {
		o.isLong.Store(false)
		o.room.Broadcast()
	}
	o.mu.Unlock()
	if len(bytes) > 0 && o.write(bytes) != nil {
		if !o.isClosed() {
			o.close()
			o.broken()
		}
		return
	}
	if cap(bytes) <= keptOutputBytes {
		o.mu.Lock()
		o.spare = bytes[:0]
		o.mu.Unlock()
	}
}

func (o *output) writeLater() {
	for {
		select {
		case <-o.wake:
		case <-o.over:
			return
		}
		// The goroutine that woke this one may have more to add, and others too.
		runtime.Gosched()
		o.flush()
	}
}
