package peer

import (
	"context"
	"time"
)

const (
	// lookEvery is how often a call whose deadline has passed is looked at. Once it always is: its answer may have arrived
	// while the process was stopped, or too busy to read it.
	lookEvery = 5 * time.Millisecond
	// longestLook is how long it is looked at, for as long as its deadline was noticed late: so long this process did not
	// run, and what arrived meanwhile is still to be read.
	longestLook = 500 * time.Millisecond
	// delivery is how long a call whose answer has arrived waits for the handlers of what came before, which may need the
	// call to end.
	delivery = 10 * time.Second
)

// expire cancels the call because its context has ended. A deadline cancels none whose answer has arrived.
func (c *outgoing) expire() {
	if c.ctx.Err() == context.DeadlineExceeded {
		c.lookAgain()
		end := time.Now().Add(delivery)
		for c.answered.Load() && !c.hasSettled() && time.Now().Before(end) {
			time.Sleep(lookEvery)
		}
	}
	c.cancel(c.abandoned())
}

// lookAgain waits until the answer has arrived, or was given the time to.
func (c *outgoing) lookAgain() {
	wait := lookEvery
	if deadline, ok := c.ctx.Deadline(); ok {
		wait = min(max(time.Since(deadline), lookEvery), longestLook)
	}
	for end := time.Now().Add(wait); !c.answered.Load() && time.Now().Before(end); {
		time.Sleep(lookEvery)
	}
}

func (c *outgoing) hasSettled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.isSettled
}
