package peer

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// turns runs what arrived, in the order of arrival. One goroutine at a time has the turn: it takes the next thing and
// starts it. A notification's handler keeps the turn until it ends; when a request's handler begins, the turn is offered
// to another goroutine, which takes it unless the handler has ended before. So short handlers run one after the other on
// the same goroutine, and a handler that takes long or waits holds up nobody.
type turns struct {
	output *output

	mu     sync.Mutex
	queue  []task
	first  int
	inTask bool // whoever has the turn runs a notification's handler

	count    atomic.Int64 // how much is queued
	taken    atomic.Bool  // somebody has the turn, or it is on offer
	promised atomic.Bool  // the turn is offered in a moment
	offered  atomic.Bool  // the turn is there to be taken
	waiting  atomic.Bool  // a goroutine was started to take it
}

// task is a request to start, or something to run to its end.
type task struct {
	request *Incoming
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
	if t.first > len(t.queue)/2 {
		t.queue, t.first = append(t.queue[:0], t.queue[t.first:]...), 0
	}
	t.queue = append(t.queue, tasks...)
	t.count.Add(int64(len(tasks)))
	t.mu.Unlock()
	if t.taken.CompareAndSwap(false, true) {
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
		case !next.request.begin():
		case !t.runRequest(next.request, !hasMore && !t.output.hasPending()):
			return
		}
	}
}

// runRequest runs a request's handler, and says whether the turn is still ours. Behind the last one, what comes next
// finds the turn free.
func (t *turns) runRequest(request *Incoming, isLast bool) (isOurs bool) {
	if !isLast {
		t.prepare()
	}
	request.turn = &requestTurn{turns: t, isLast: isLast}
	request.run()
	t.promised.Store(false)
	if request.turn != nil {
		// The handler has not begun: its params do not fit.
		request.turn = nil
		return true
	}
	if !isLast && t.offered.CompareAndSwap(true, false) {
		return true
	}
	t.flushIfFree()
	return false
}

// requestTurn is what a request's handler passes on when it begins.
type requestTurn struct {
	turns  *turns
	isLast bool
}

func (r *requestTurn) pass() {
	if r.isLast {
		r.turns.free()
	} else {
		r.turns.offer()
	}
}

// next takes what is first; if there is nothing the turn is free.
func (t *turns) next() (next task, hasMore bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.inTask = false
	if t.first == len(t.queue) {
		t.taken.Store(false)
		t.queue, t.first = t.queue[:0], 0
		if cap(t.queue) > maxKeptTasks {
			t.queue = nil
		}
		return task{}, false
	}
	next = t.queue[t.first]
	t.queue[t.first] = task{}
	t.first++
	t.count.Add(-1)
	t.inTask = next.run != nil && !next.isQuick
	return next, t.first < len(t.queue)
}

const maxKeptTasks = 4096

// free gives the turn up, unless more has come. No lock: as with prepare, nothing may come between this and the handler's
// beginning.
func (t *turns) free() {
	t.taken.Store(false)
	if t.count.Load() > 0 && t.taken.CompareAndSwap(false, true) {
		t.offer()
	}
}

// prepare starts the goroutine that takes the turn when it is offered. Not when it is: to start one can cost us the
// processor, and between the offer and the handler's beginning nothing may come.
func (t *turns) prepare() {
	t.promised.Store(true)
	t.needStandIn()
}

// offer lets another goroutine take the turn.
func (t *turns) offer() {
	t.offered.Store(true)
	t.needStandIn()
}

func (t *turns) needStandIn() {
	if t.waiting.CompareAndSwap(false, true) {
		go t.standIn()
	}
}

const (
	patientLooks = 50
	lookAgain    = 50 * time.Microsecond
)

// standIn is there while the turn is promised, and takes it when it is offered.
func (t *turns) standIn() {
	for isWaiting := true; isWaiting; {
		for looks := 0; t.promised.Load() && !t.offered.Load(); looks++ {
			if looks < patientLooks {
				runtime.Gosched()
			} else {
				time.Sleep(lookAgain)
			}
		}
		t.waiting.Store(false)
		if t.offered.CompareAndSwap(true, false) {
			t.work()
			return
		}
		// A promise made just now has counted on us.
		isWaiting = t.promised.Load() && t.waiting.CompareAndSwap(false, true)
	}
}

// flushIfFree writes what was answered, unless whoever has the turn will.
func (t *turns) flushIfFree() {
	t.mu.Lock()
	isLeft := t.taken.Load() && !t.inTask
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
