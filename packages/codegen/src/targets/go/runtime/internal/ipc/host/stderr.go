package host

import (
	"fmt"
	"io"
	"os"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/wire"
)

// longestErrorLine is the length at which lines of stderr are cut: a progress bar is one endless line.
const longestErrorLine = 64 * 1024

// readStderr reads stderr to its end, even if nobody wants it: otherwise the program would block.
func (w *worker) readStderr() {
	hasEnded := false
	defer func() {
		if hasEnded {
			close(w.stderrEnded)
		} else {
			// A callback has ended this goroutine.
			go w.readStderr()
		}
	}()
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
			// A failed write must not end the reading.
			_, _ = target.Write(buffer[:n])
			splitter.Push(buffer[:n])
		}
		if err != nil {
			splitter.End()
			hasEnded = true
			return
		}
	}
}

func (w *worker) errorLine(line []byte) {
	text := jsontree.WellFormed(string(line))
	w.errors.push(text)
	if w.options.OnStderr != nil {
		w.peer.Guard("OnStderr", func() { w.options.OnStderr(text) })
	}
}
