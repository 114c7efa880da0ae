package host

import (
	"strings"
	"sync"
)

const (
	keptLines    = 20
	keptLineSize = 1000
)

// lastLines keeps the last lines of a stream, to show why a program exited.
type lastLines struct {
	mu    sync.Mutex
	lines []string
}

func (l *lastLines) push(line string) {
	if len(line) > keptLineSize {
		// A copy, because a slice would keep the whole long line alive.
		line = strings.ToValidUTF8(line[:keptLineSize], "") + "…"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lines) == keptLines {
		copy(l.lines, l.lines[1:])
		l.lines = l.lines[:keptLines-1]
	}
	l.lines = append(l.lines, line)
}

func (l *lastLines) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.lines...)
}
