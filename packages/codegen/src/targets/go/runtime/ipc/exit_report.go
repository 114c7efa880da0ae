package ipc

import (
	"fmt"
	"strings"
	"time"

	"simpleipc/internal/ipc/printable"
)

// ExitReport tells how a program ended, or how it is doing.
type ExitReport struct {
	// Command is what was started.
	Command []string
	// Code is the exit code; -1 if a signal ended the program, or if it lives.
	Code int
	// Signal is the name of the signal that ended it, such as SIGKILL; empty if none did.
	Signal string
	// Uptime is the time from its start to its exit, or till now.
	Uptime time.Duration
	// Stderr is the last lines of its stderr.
	Stderr []string
	// Lines is the last lines of its stdout that were no messages.
	Lines []string
	// InFlight is the methods that were called and not answered.
	InFlight []string
	// Hint is what may be the reason, where that can be guessed.
	Hint string
}

// String is the whole report for people, in several lines, safe to print.
func (r *ExitReport) String() string {
	text := []string{r.sentence()}
	text = appendLines(text, "last lines of stderr:", r.Stderr)
	text = appendLines(text, "last lines of stdout:", r.Lines)
	if r.Hint != "" {
		text = append(text, "hint: "+r.Hint)
	}
	if len(r.InFlight) > 0 {
		text = append(text, "in flight: "+countedNames(r.InFlight))
	}
	return strings.Join(text, "\n")
}

func (r *ExitReport) sentence() string {
	name := printable.Command(r.Command)
	switch {
	case r.Signal != "":
		return fmt.Sprintf("%s was ended by %s after %s", name, r.Signal, durationText(r.Uptime))
	case r.Code >= 0:
		return fmt.Sprintf("%s exited with code %d after %s", name, r.Code, durationText(r.Uptime))
	default:
		return fmt.Sprintf("%s has been running for %s", name, durationText(r.Uptime))
	}
}

func appendLines(text []string, title string, lines []string) []string {
	if len(lines) == 0 {
		return text
	}
	text = append(text, title)
	for _, line := range lines {
		text = append(text, "  | "+printable.Text(line, printable.Longest))
	}
	return text
}

func durationText(duration time.Duration) string {
	if duration < time.Second {
		return fmt.Sprintf("%d ms", duration.Round(time.Millisecond).Milliseconds())
	}
	return fmt.Sprintf("%.1f s", duration.Seconds())
}

// countedNames makes "a (2), b" of a, b, a.
func countedNames(names []string) string {
	counts := map[string]int{}
	var order []string
	for _, name := range names {
		if counts[name] == 0 {
			order = append(order, name)
		}
		counts[name]++
	}
	for i, name := range order {
		if counts[name] > 1 {
			order[i] = fmt.Sprintf("%s (%d)", name, counts[name])
		}
	}
	return strings.Join(order, ", ")
}
