package simpleipc

import (
	"context"
	"sync"
	"sync/atomic"
)

// turns runs what arrived, in the order of arrival. One goroutine at a time has the turn: it takes the next thing and
// starts it. A notification's handler keeps the turn until it ends; in front of a request's handler the turn is offered
// to another goroutine, which takes it unless the handler has ended before. So short handlers run one after the other on
// the same goroutine, and a handler that takes long or waits holds up nobody.
type turns struct {
	output *output

	mu     sync.Mutex
	queue  []task
	first  int
	taken  bool // somebody has the turn, or it is on offer
	inTask bool // whoever has it runs a notification's handler

	offered atomic.Bool  // the turn is there to be taken
	waiting atomic.Int32 // goroutines that were started for it and have not looked yet
}

// task is a request to start, or something to run to its end.
type task struct {
	request *incoming
	run     func(turn *turn)
	isQuick bool // run neither waits nor takes long
}

// turn lets a notification's handler that has to wait pass the turn on.
type turn struct {
	turns  *turns
	passed atomic.Bool
}

type turnKey struct{}

// passTurn lets others work while the handler that got this context waits.
func passTurn(ctx context.Context) {
	if turn, ok := ctx.Value(turnKey{}).(*turn); ok && !turn.passed.Swap(true) {
		turn.turns.setInTask(false)
		turn.turns.offer()
	}
}

// put hands over what arrived.
func (t *turns) put(tasks []task) {
	t.mu.Lock()
	t.queue = append(t.queue, tasks...)
	isFree := !t.taken
	t.taken = true
	t.mu.Unlock()
	if isFree {
		go t.work()
	}
}

// work is what a goroutine does that has the turn.
func (t *turns) work() {
	for {
		next, hasMore := t.next()
		switch {
		case next.run != nil:
			if !t.runTask(next) {
				return
			}
		case next.request == nil:
			t.output.flush()
			return
		case hasMore || t.output.hasPending():
			t.offer()
			next.request.run()
			if !t.offered.CompareAndSwap(true, false) {
				t.flushIfFree()
				return
			}
		default:
			// Nothing else to do: what comes next finds the turn free.
			t.free()
			next.request.run()
			t.flushIfFree()
			return
		}
	}
}

// next takes what is first; if there is nothing the turn is free.
func (t *turns) next() (next task, hasMore bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.inTask = false
	if t.first == len(t.queue) {
		t.taken = false
		t.queue, t.first = t.queue[:0], 0
		if cap(t.queue) > maxKeptTasks {
			t.queue = nil
		}
		return task{}, false
	}
	next = t.queue[t.first]
	t.queue[t.first] = task{}
	t.first++
	t.inTask = next.run != nil && !next.isQuick
	return next, t.first < len(t.queue)
}

const maxKeptTasks = 4096

// free gives the turn up, unless more has come.
func (t *turns) free() {
	t.mu.Lock()
	hasMore := t.first < len(t.queue)
	t.taken = hasMore
	t.mu.Unlock()
	if hasMore {
		t.offer()
	}
}

// offer lets another goroutine take the turn.
func (t *turns) offer() {
	t.offered.Store(true)
	if t.waiting.Load() == 0 {
		t.waiting.Add(1)
		go t.standIn()
	}
}

func (t *turns) standIn() {
	t.waiting.Add(-1)
	if t.offered.CompareAndSwap(true, false) {
		t.work()
	}
}

// flushIfFree writes what was answered, unless whoever has the turn will.
func (t *turns) flushIfFree() {
	t.mu.Lock()
	isLeft := t.taken && !t.inTask
	t.mu.Unlock()
	if !isLeft {
		t.output.flush()
	}
}

func (t *turns) setInTask(inTask bool) {
	t.mu.Lock()
	t.inTask = inTask
	t.mu.Unlock()
}

// runTask runs it to its end, and says whether the turn is still ours.
func (t *turns) runTask(next task) (isOurs bool) {
	if !next.isQuick && t.output.hasPending() {
		t.output.nudge()
	}
	turn := &turn{turns: t}
	hasEnded := false
	defer func() {
		// The handler has ended this goroutine: another one goes on.
		if !hasEnded && !turn.passed.Swap(true) {
			t.offer()
		}
	}()
	next.run(turn)
	hasEnded = true
	return !turn.passed.Swap(true) || t.offered.CompareAndSwap(true, false)
}
