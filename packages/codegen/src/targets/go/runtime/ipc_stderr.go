package simpleipc

import (
	"fmt"
	"io"
	"os"
)

// longestErrorLine is where a line of stderr is cut: a progress bar is one line without end.
const longestErrorLine = 64 * 1024

// readStderr reads stderr to its end, whatever becomes of it, or the program would have to wait.
func (w *Worker) readStderr() {
	defer close(w.stderrEnded)
	var target io.Writer = os.Stderr
	if w.options.Stderr != nil {
		target = w.options.Stderr
	}
	splitter := lineSplitter{limit: longestErrorLine, line: w.errorLine, skipped: func(head []byte, size int) {
		w.errorLine(fmt.Appendf(nil, "%s… (%d bytes)", head, size))
	}}
	buffer := make([]byte, readBytes)
	for {
		n, err := w.stderr.Read(buffer)
		if n > 0 {
			// That nobody reads ours must not end the reading.
			_, _ = target.Write(buffer[:n])
			splitter.push(buffer[:n])
		}
		if err != nil {
			splitter.end()
			return
		}
	}
}

func (w *Worker) errorLine(line []byte) {
	text := wellFormed(string(line))
	w.errors.push(text)
	if w.options.OnStderr != nil {
		defer w.peer.survive("the handler of stderr")
		w.options.OnStderr(text)
	}
}
