package host

import (
	"bytes"
	"strings"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// describeSilence reports on a program that has sent no message, with a hint at what it has sent instead.
func (w *worker) describeSilence() *ipc.ExitReport {
	report := w.Report()
	if report.Hint == "" {
		report.Hint = silenceHint(report.Lines)
	}
	return report
}

// silenceHint says what lines are that are almost messages.
func silenceHint(lines []string) string {
	for _, line := range lines {
		switch {
		case strings.HasPrefix(strings.ToLower(strings.TrimSpace(line)), "content-length:"):
			return "it sends its messages after headers (Content-Length), as language servers do; this host speaks lines"
		case strings.Contains(line, "\x1b[") && strings.Contains(line, `"jsonrpc"`):
			return "its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in Env"
		case answersWithoutVersion(line):
			return `it answers without "jsonrpc":"2.0", which makes its answers plain lines`
		}
	}
	return ""
}

func answersWithoutVersion(line string) bool {
	value, err := jsontree.Parse(bytes.TrimSpace([]byte(line)))
	return err == nil && value.Find("jsonrpc") == nil && value.Find("id") != nil && (value.Find("result") != nil || value.Find("error") != nil)
}
