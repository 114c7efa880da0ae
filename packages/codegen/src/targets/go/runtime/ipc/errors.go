package ipc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// Kind classifies errors that arise on this side of the connection.
type Kind string

// The kinds of errors.
const (
	// KindRemote is the kind of errors that the other side answered with; see Code.
	KindRemote Kind = ""
	// KindCancelled means that the call's context was cancelled, or its stream was closed.
	KindCancelled Kind = "CANCELLED"
	// KindTimeout means that the deadline of the call's context was exceeded.
	KindTimeout Kind = "TIMEOUT"
	// KindWorkerExited means that the program exited before it answered; see Exit.
	KindWorkerExited Kind = "WORKER_EXITED"
	// KindStopped means that Stop was called.
	KindStopped Kind = "STOPPED"
	// KindHostClosed means that the host closed this child's input.
	KindHostClosed Kind = "HOST_CLOSED"
	// KindContractMismatch means that the other side was generated from an incompatible contract.
	KindContractMismatch Kind = "CONTRACT_MISMATCH"
	// KindStartFailed means that the program could not be started.
	KindStartFailed Kind = "START_FAILED"
	// KindStartTimeout means that the program sent nothing within SpawnOptions.StartTimeout.
	KindStartTimeout Kind = "START_TIMEOUT"
	// KindStopFailed means that the program is still running after SIGKILL.
	KindStopFailed Kind = "STOP_FAILED"
	// KindMessageTooLarge means that a message exceeds the limit.
	KindMessageTooLarge Kind = "MESSAGE_TOO_LARGE"
	// KindQueueFull means that more than MaxQueuedBytes wait for the other side, which does not read.
	KindQueueFull Kind = "QUEUE_FULL"
	// KindStreamOverflow means that the other side ignored the flow control of a stream.
	KindStreamOverflow Kind = "STREAM_OVERFLOW"
	// KindUnreadableMessage means that the response could not be parsed.
	KindUnreadableMessage Kind = "UNREADABLE_MESSAGE"
	// KindInvalidParams means that the params do not match the contract; nothing was sent.
	KindInvalidParams Kind = "INVALID_PARAMS"
	// KindInvalidResult means that the result does not match the contract.
	KindInvalidResult Kind = "INVALID_RESULT"
	// KindInvalidItem means that an item of a stream, or a progress report, does not match the contract.
	KindInvalidItem Kind = "INVALID_ITEM"
)

// The error codes of the protocol.
const (
	CodeParseError       int64 = -32700
	CodeInvalidRequest   int64 = -32600
	CodeMethodNotFound   int64 = -32601
	CodeInvalidParams    int64 = -32602
	CodeInternalError    int64 = -32603
	CodeRequestCancelled int64 = -32800
	CodeShuttingDown     int64 = -32001
	CodeBusy             int64 = -32003
)

// Error is the error of a failed call. errors.As finds it in every failure, including the typed errors of a contract.
// errors.Is finds what Go calls such a failure; see Is and Cause.
type Error struct {
	// Kind classifies the error; it is KindRemote if the other side answered with an error.
	Kind Kind
	// Code is the error code that the other side answered with; 0 unless Kind is KindRemote.
	Code int64
	// Message describes the error.
	Message string
	// Method is the method whose call failed; empty where there is no call, and in the errors of a contract.
	Method string
	// Data holds additional information from the other side, or from a check on this side; nil if there is none.
	Data json.RawMessage
	// Exit describes how the program exited, if that is the reason.
	Exit *ExitReport
	// Cause is the underlying error: the cause of a cancelled context, the *exec.ExitError of a program that failed, what
	// the system says of a program that cannot be started; nil if there is none.
	Cause error
}

// Error returns the message, followed by the code if the other side answered with one.
func (e *Error) Error() string {
	if e.Kind == KindRemote {
		return fmt.Sprintf("%s (%d)", e.Message, e.Code)
	}
	return e.Message
}

// Unwrap returns Cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is what Go calls this kind of failure: context.Canceled for a cancelled call,
// context.DeadlineExceeded and os.ErrDeadlineExceeded for one that timed out, os.ErrDeadlineExceeded for
// KindStartTimeout, exec.ErrNotFound for a program that does not exist.
func (e *Error) Is(target error) bool {
	switch target {
	case context.Canceled:
		return e.Kind == KindCancelled || e.Kind == KindRemote && e.Code == CodeRequestCancelled
	case context.DeadlineExceeded:
		return e.Kind == KindTimeout
	case os.ErrDeadlineExceeded:
		return e.Timeout()
	case exec.ErrNotFound:
		var missing *exec.Error
		return errors.As(e.Cause, &missing) && errors.Is(missing, os.ErrNotExist)
	}
	return false
}

// Timeout reports whether time ran out, as errors of the packages net and os do.
func (e *Error) Timeout() bool { return e.Kind == KindTimeout || e.Kind == KindStartTimeout }

// Format formats the error as fmt does; %+v adds the stack of the handler, which the other side sends in debug mode.
func (e *Error) Format(state fmt.State, verb rune) {
	switch {
	case verb == 'v' && state.Flag('#'):
		type plain Error
		fmt.Fprintf(state, "&%#v", plain(*e))
	case verb == 'v' && state.Flag('+'):
		fmt.Fprint(state, e.Error())
		if stack := e.remoteStack(); stack != "" {
			fmt.Fprint(state, "\n\nstack of the other side:\n", stack)
		}
	default:
		fmt.Fprintf(state, fmt.FormatString(state, verb), e.Error())
	}
}

func (e *Error) remoteStack() string {
	var data struct{ Stack string }
	if e.Kind != KindRemote || json.Unmarshal(e.Data, &data) != nil {
		return ""
	}
	return data.Stack
}
