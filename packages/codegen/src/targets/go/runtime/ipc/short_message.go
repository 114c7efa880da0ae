package ipc

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// ShortMessage returns the message in one line for people outside: without commands, paths and environment, what the
// program has printed, and the text of a failure in a handler. The response to a web request may hold it, say; Message is
// for those who run the program. Of an error that the contract declares it is what the handler wrote.
func (e *Error) ShortMessage() string {
	switch e.Kind {
	case KindRemote:
		if e.Method != "" {
			return e.Method + " " + remoteText(e.Code)
		}
	case KindStartFailed:
		if e.Method != "" {
			return e.Method + " was not sent: the program could not be prepared"
		}
		return "The program cannot be started" + e.systemReason()
	case KindStopFailed:
		return "The program is still running after SIGKILL"
	case KindContractMismatch:
		if strings.Contains(e.Message, " of the simple-ipc protocol, ") {
			return "The other side speaks another version of the protocol"
		}
		return "The other side's contract does not match ours" + e.ownContract()
	case KindUnreadableMessage:
		return e.Method + " was answered with a message that cannot be read"
	}
	return e.firstLine()
}

// remoteText is what people outside are told of an error that the contract does not declare: its message may say anything.
func remoteText(code int64) string {
	switch code {
	case CodeMethodNotFound:
		return "does not exist on the other side"
	case CodeInvalidParams:
		return "was called with invalid params"
	case CodeInternalError:
		return "failed"
	case CodeRequestCancelled:
		return "was cancelled"
	case CodeShuttingDown:
		return "was not answered: the other side is stopping"
	case CodeBusy:
		return "was not answered: the other side is busy"
	default:
		return fmt.Sprintf("failed with code %d", code)
	}
}

func (e *Error) systemReason() string {
	var number syscall.Errno
	if errors.As(e.Cause, &number) {
		return ": " + number.Error()
	}
	return ""
}

// ownContract is the name and the version of this side's contract, without the file that it was generated to.
func (e *Error) ownContract() string {
	const before = " does not match ours"
	line, _, _ := strings.Cut(e.Message, ":\n")
	start := strings.LastIndex(line, before)
	if start < 0 {
		return ""
	}
	line = line[start+len(before):]
	if file := strings.LastIndex(line, " ("); file >= 0 {
		line = line[:file]
	}
	return line
}

// firstLine is that of the message, with neither the command nor the value that does not fit.
func (e *Error) firstLine() string {
	text := e.Message
	if e.Exit != nil {
		if before, _, hasReport := strings.Cut(text, e.Exit.String()); hasReport {
			text = before
			if !strings.HasSuffix(before, "\n") {
				text += e.Exit.ending("the program")
			}
		}
	}
	var fault *InvalidValueError
	if errors.As(e.Cause, &fault) && fault.Got != "" {
		text = strings.TrimSuffix(text, ", not "+fault.Got)
	}
	text, _, _ = strings.Cut(text, "\n")
	return text
}
