package host

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"time"

	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/process"
	"simpleipc/ipc"
)

// outputGrace is how long calls wait for the exit of a program that has closed its stdout, and how long other processes
// may hold the pipes open after the exit.
const outputGrace = time.Second

// worker is a running program, together with everything in its process group.
type worker struct {
	contract peer.Contract
	peer     *peer.Peer
	request  process.SpawnRequest
	options  ipc.SpawnOptions
	cmd      *exec.Cmd
	pid      int
	since    time.Time

	stdin, stdout, stderr *os.File
	errors, lines         lastLines
	stdoutEnded           chan struct{}
	stderrEnded           chan struct{}
	exited                chan struct{} // the process has exited
	closed                chan struct{} // its output has ended too, and every call is settled
	inputClosed           chan struct{} // the program reads no more, or has exited
	noInput               sync.Once
	waitError             error // how it exited, as os/exec has it; to be read after that

	mu         sync.Mutex
	isGone     bool // the number may soon be somebody else's
	isStopping bool
	code       int
	signal     string
	uptime     time.Duration
	inFlight   []string
}

// Pid returns the process id, which is also the id of the process group.
func (w *worker) Pid() int { return w.pid }

// Done returns a channel that is closed when the program has exited and every call has returned.
func (w *worker) Done() <-chan struct{} { return w.closed }

// Report describes how the program exited, or its current state.
func (w *worker) Report() *ipc.ExitReport {
	w.mu.Lock()
	defer w.mu.Unlock()
	report := &ipc.ExitReport{
		Command:  w.request.Command,
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
		report.Hint = process.ExitHint(w.request, w.code, w.signal)
	}
	return report
}

// SendLine sends a line that is not a message.
func (w *worker) SendLine(text string) error { return w.peer.SendLine(text) }

// Ping waits for a sign of life, which a program gives even while all its handlers are busy.
func (w *worker) Ping(ctx context.Context) error { return w.peer.Ping(ctx) }

// read is the goroutine that reads. It never waits for a write, nor for a handler.
func (w *worker) read() {
	defer close(w.stdoutEnded)
	buffer := make([]byte, peer.ReadBytes)
	for {
		n, err := w.stdout.Read(buffer)
		if n > 0 {
			w.peer.Receive(buffer[:n])
		}
		if err != nil {
			w.peer.EndOfLines()
			return
		}
	}
}

// supervise runs for the program's whole life, and then settles everything that is open.
func (w *worker) supervise() {
	go w.reap()
	select {
	case <-w.exited:
	case <-w.stdoutEnded:
		if !w.exitsWithin(outputGrace) {
			w.peer.FailNow(w.stillRunning("it closed its stdout but is still running: "))
			go func() { _ = w.Close() }()
			<-w.exited
		}
	}
	w.drain()
	w.noteInFlight()
	report := w.Report()
	later := withoutInFlight(report)
	cause := w.waitError // written before w.exited was closed
	w.peer.EndOfInput(
		func(method string) error { return workerExited(method, "was not answered", "", report, cause) },
		func(method string) error { return workerExited(method, "was not sent", "", later, cause) },
	)
	w.peer.CancelEverything()
	w.peer.CloseOutput()
	close(w.closed)
}

// reap waits for the exit, and kills what is left of the group. On Linux that is done while the id is still the
// program's own. Elsewhere it is done right after Wait: what is left in a group keeps its id from being given to others.
func (w *worker) reap() {
	isKnown := process.UntilExit(w.pid)
	if isKnown {
		w.leaveGroup()
	}
	w.waitError = w.cmd.Wait()
	if !isKnown {
		w.leaveGroup()
	}
	process.Forget(w.pid)
	w.mu.Lock()
	w.code, w.signal = process.HowEnded(w.cmd.ProcessState)
	w.uptime = time.Since(w.since)
	w.mu.Unlock()
	close(w.exited)
}

func (w *worker) leaveGroup() {
	w.mu.Lock()
	defer w.mu.Unlock()
	process.KillLeftovers(w.pid)
	w.isGone = true
}

func (w *worker) exitsWithin(grace time.Duration) bool {
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-w.exited:
		return true
	case <-timer.C:
		return false
	}
}

// drain reads what is left in the pipes, and closes them if other processes hold them open.
func (w *worker) drain() {
	timer := time.AfterFunc(outputGrace, func() {
		w.closePipes()
		w.peer.StopWaiting()
	})
	<-w.stdoutEnded
	<-w.stderrEnded
	timer.Stop()
	w.closePipes()
}

func (w *worker) closePipes() {
	for _, pipe := range []*os.File{w.stdin, w.stdout, w.stderr} {
		_ = pipe.Close()
	}
}

func (w *worker) noteInFlight() {
	names := w.peer.CallNames()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.inFlight) == 0 {
		w.inFlight = names
	}
}

// stillRunning is why calls fail although the program has not exited.
func (w *worker) stillRunning(why string) func(method string) error {
	w.noteInFlight()
	report := w.Report()
	return func(method string) error { return workerExited(method, "was not answered", why, report, nil) }
}

func withoutInFlight(report *ipc.ExitReport) *ipc.ExitReport {
	plain := *report
	plain.InFlight = nil
	return &plain
}
