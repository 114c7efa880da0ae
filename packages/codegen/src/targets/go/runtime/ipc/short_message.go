package ipc

import (
	"errors"
	"strings"
	"syscall"
)

// ShortMessage returns the message without what is for the eyes of the program's owner: without commands, paths and
// environment, and without what the program has printed. It is fit to be shown to others. What the other side answered
// is returned as it is.
func (e *Error) ShortMessage() string {
	switch e.Kind {
	case KindStartFailed:
		return "The program cannot be started" + e.systemReason()
	case KindContractMismatch:
		first, _, _ := strings.Cut(e.Message, "\n")
		return strings.TrimSuffix(first, ":")
	}
	if e.Exit == nil {
		return e.Message
	}
	before, _, _ := strings.Cut(e.Message, e.Exit.String())
	return strings.TrimSpace(before) + " " + e.Exit.ending("the program")
}

func (e *Error) systemReason() string {
	var number syscall.Errno
	if errors.As(e.Cause, &number) {
		return ": " + number.Error()
	}
	return ""
}
