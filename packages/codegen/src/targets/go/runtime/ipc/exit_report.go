package ipc

import (
	"fmt"
	"strings"
	"time"

	"simpleipc/internal/ipc/printable"
)

// ExitReport describes how a program exited, or the state of a running one.
type ExitReport struct {
	// Command is the program and its arguments.
	Command []string
	// Code is the exit code; -1 if the program was killed by a signal, or is still running.
	Code int
	// Signal is the name of the signal that killed it, such as SIGKILL; empty if there was none.
	Signal string
	// Uptime is the time from its start to its exit, or until now.
	Uptime time.Duration
	// Stderr holds the last lines of its stderr.
	Stderr []string
	// Lines holds the last lines of its stdout that were not messages.
	Lines []string
	// InFlight lists the methods that were called and not answered.
	InFlight []string
	// Hint suggests a reason, if there is a likely one.
	Hint string
}

// String formats the report for people, over several lines. It is safe to print.
func (r *ExitReport) String() string {
	text := []string{r.ending(printable.Command(r.Command))}
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

// ending says how the program of that name ended, in one line.
func (r *ExitReport) ending(name string) string {
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
		// A tab stands before each place of a Go program's stack: as \x09 it would be taken for part of the path.
		line = strings.ReplaceAll(line, "\t", "    ")
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
