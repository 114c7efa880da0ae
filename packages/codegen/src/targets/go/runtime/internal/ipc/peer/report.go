package peer

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// mostReports is how many reports are written to stderr in a second.
const mostReports = 100

// reporter writes to stderr what nobody listens for. Of a flood it writes the beginning, and how much it has left out.
type reporter struct {
	mu      sync.Mutex
	isOpen  bool // a second has begun
	written int
	leftOut int
}

func (r *reporter) report(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.isOpen {
		r.isOpen = true
		time.AfterFunc(time.Second, r.endSecond)
	}
	if r.written == mostReports {
		r.leftOut++
		return
	}
	r.written++
	fmt.Fprintf(os.Stderr, "simple-ipc: %s\n", text)
}

func (r *reporter) endSecond() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.leftOut > 0 {
		fmt.Fprintf(os.Stderr, "simple-ipc: %d more reports within a second were left out\n", r.leftOut)
	}
	r.isOpen, r.written, r.leftOut = false, 0, 0
}

// failed reports a failure of user code, once.
func (p *Peer) failed(method string, why *failure) {
	if listen := p.options.OnError; listen != nil {
		if p.attempt("OnError", func() { listen(why.report(method)) }) {
			return
		}
	}
	text := why.stack
	if !why.isPanic && !strings.Contains(why.stack, "\n\t") {
		// A chain of types is for those who ask for it; a stack of the error's own is for everybody.
		text = why.message
	}
	separator := " "
	if strings.Contains(text, "\n") {
		separator = "\n"
	}
	p.reporter.report(fmt.Sprintf("the handler of '%s' failed:%s%s", method, separator, text))
}

// violated reports a protocol violation of the other side; only what is said aloud reaches stderr if nobody listens.
func (p *Peer) violated(isAloud bool, text string) {
	if listen := p.options.OnProtocolError; listen != nil {
		if p.attempt("OnProtocolError", func() { listen(text) }) {
			return
		}
	}
	if isAloud {
		p.reporter.report(text)
	}
}

// violatedNow is violated for the goroutine that reads, which must not wait: it is reported in order with what is handled.
func (p *Peer) violatedNow(text string) {
	if p.options.OnProtocolError != nil {
		p.deliver(len(text), func(context.Context) { p.violated(false, text) })
	}
}

// attempt calls a listener, and reports on stderr if that fails.
func (p *Peer) attempt(name string, call func()) (isTold bool) {
	defer func() {
		if !isTold {
			p.reporter.report(fmt.Sprintf("%s failed:\n%s", name, panicked(recover()).stack))
		}
	}()
	call()
	return true
}

// guard calls user code that answers nothing. What it fails with is reported.
func (p *Peer) guard(name string, call func()) {
	hasReturned := false
	defer func() {
		if !hasReturned {
			p.failed(name, panicked(recover()))
		}
	}()
	call()
	hasReturned = true
}

// Guard calls a callback of the options, which is known by that name. What it fails with is reported.
func (p *Peer) Guard(name string, call func()) { p.guard(name, call) }

// Try calls a callback of the options that may fail. A panic is reported, and returned as an error.
func (p *Peer) Try(name string, call func() error) (err error) {
	hasReturned := false
	defer func() {
		if !hasReturned {
			why := panicked(recover())
			p.failed(name, why)
			err = why
		}
	}()
	err = call()
	hasReturned = true
	return err
}

// TextOf returns the text of an error, whose Error method may fail.
func TextOf(err error) string { return errorText(err) }
