package simpleipc

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"time"
)

// outputGrace is how long calls wait for the exit of a program that has closed its stdout, and how long something else
// may hold the pipes open after the exit.
const outputGrace = time.Second

// Worker is a program that was started, together with everything in its process group.
type Worker struct {
	peer    *peer
	attempt startAttempt
	options SpawnOptions
	cmd     *exec.Cmd
	pid     int
	since   time.Time

	stdin, stdout, stderr *os.File
	errors, lines         lastLines
	stdoutEnded           chan struct{}
	stderrEnded           chan struct{}
	exited                chan struct{} // the process has exited
	closed                chan struct{} // its output has ended too, and every call is settled

	mu         sync.Mutex
	isGone     bool // the number may soon be somebody else's
	isStopping bool
	code       int
	signal     string
	uptime     time.Duration
	inFlight   []string
}

// Pid is the process id, also the number of the group.
func (w *Worker) Pid() int { return w.pid }

// Done is closed when the program has ended and every call is settled.
func (w *Worker) Done() <-chan struct{} { return w.closed }

// Report tells how the program ended, or how it is doing.
func (w *Worker) Report() *ExitReport {
	w.mu.Lock()
	defer w.mu.Unlock()
	report := &ExitReport{
		Command:  w.attempt.command,
		Code:     w.code,
		Signal:   w.signal,
		Uptime:   w.uptime,
		Stderr:   w.errors.all(),
		Lines:    w.lines.all(),
		InFlight: w.inFlight,
	}
	if report.Uptime == 0 {
		report.Uptime = time.Since(w.since)
	} else if !w.isStopping {
		report.Hint = exitHint(w.attempt, w.code, w.signal)
	}
	return report
}

// SendLine sends a line that is no message.
func (w *Worker) SendLine(text string) error { return w.peer.SendLine(text) }

// Ping asks for a sign of life, which a program gives even while all its handlers are busy.
func (w *Worker) Ping(ctx context.Context) error { return w.peer.Ping(ctx) }

// read is the goroutine that reads. It never waits for a write, nor for a handler.
func (w *Worker) read() {
	defer close(w.stdoutEnded)
	buffer := make([]byte, readBytes)
	for {
		n, err := w.stdout.Read(buffer)
		if n > 0 {
			w.peer.receive(buffer[:n])
		}
		if err != nil {
			w.peer.splitter.end()
			w.peer.handOver()
			return
		}
	}
}

// supervise is there for the program's whole life. It settles what is open when that is over.
func (w *Worker) supervise() {
	go w.reap()
	select {
	case <-w.exited:
	case <-w.stdoutEnded:
		if !w.exitsWithin(outputGrace) {
			w.fail(w.closedOutput())
			go func() { _, _ = w.Stop() }()
			<-w.exited
		}
	}
	w.drain()
	w.noteInFlight()
	report := w.Report()
	w.peer.endOfInput(func(method string) error { return workerExited(method, "was not answered", "", report) })
	report = withoutInFlight(report)
	w.peer.refuseNew(func(method string) error { return workerExited(method, "was not sent", "", report) })
	w.peer.cancelEverything()
	w.peer.output.close()
	close(w.closed)
}

// reap waits for the exit, and kills what is left of the group while its number is still its own.
func (w *Worker) reap() {
	untilExit(w.pid)
	w.mu.Lock()
	killLeftovers(w.pid)
	w.isGone = true
	w.mu.Unlock()
	forget(w.pid)
	_ = w.cmd.Wait()
	w.mu.Lock()
	w.code, w.signal = howEnded(w.cmd.ProcessState)
	w.uptime = time.Since(w.since)
	w.mu.Unlock()
	close(w.exited)
}

func (w *Worker) exitsWithin(grace time.Duration) bool {
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-w.exited:
		return true
	case <-timer.C:
		return false
	}
}

// drain reads what the pipes still hold, and destroys them when something else holds them open.
func (w *Worker) drain() {
	timer := time.AfterFunc(outputGrace, func() {
		w.closePipes()
		w.peer.undelivered.end()
	})
	<-w.stdoutEnded
	<-w.stderrEnded
	timer.Stop()
	w.closePipes()
}

func (w *Worker) closePipes() {
	for _, pipe := range []*os.File{w.stdin, w.stdout, w.stderr} {
		_ = pipe.Close()
	}
}

func (w *Worker) noteInFlight() {
	names := w.peer.callNames()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.inFlight) == 0 {
		w.inFlight = names
	}
}

// fail settles every open call, and refuses later ones, while the program lives.
func (w *Worker) fail(refusal func(method string) error) {
	for _, call := range w.peer.refuseCalls(refusal) {
		call.settle(nil, refusal(call.method))
	}
}

func (w *Worker) closedOutput() func(method string) error {
	w.noteInFlight()
	report := w.Report()
	return func(method string) error {
		return workerExited(method, "was not answered", "it closed its stdout, and lives: ", report)
	}
}

func withoutInFlight(report *ExitReport) *ExitReport {
	plain := *report
	plain.InFlight = nil
	return &plain
}
