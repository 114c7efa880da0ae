package host

import (
	"fmt"
	"io"
	"os"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/wire"
)

// longestErrorLine is where a line of stderr is cut: a progress bar is one line without end.
const longestErrorLine = 64 * 1024

// readStderr reads stderr to its end, whatever becomes of it, or the program would have to wait.
func (w *worker) readStderr() {
	defer close(w.stderrEnded)
	var target io.Writer = os.Stderr
	if w.options.Stderr != nil {
		target = w.options.Stderr
	}
	splitter := wire.LineSplitter{Limit: longestErrorLine, Line: w.errorLine, Skipped: func(head []byte, size int) {
		w.errorLine(fmt.Appendf(nil, "%s… (%d bytes)", head, size))
	}}
	buffer := make([]byte, peer.ReadBytes)
	for {
		n, err := w.stderr.Read(buffer)
		if n > 0 {
			// That nobody reads ours must not end the reading.
			_, _ = target.Write(buffer[:n])
			splitter.Push(buffer[:n])
		}
		if err != nil {
			splitter.End()
			return
		}
	}
}

func (w *worker) errorLine(line []byte) {
	text := jsontree.WellFormed(string(line))
	w.errors.push(text)
	if w.options.OnStderr != nil {
		defer w.peer.Survive("the handler of stderr")
		w.options.OnStderr(text)
	}
}
