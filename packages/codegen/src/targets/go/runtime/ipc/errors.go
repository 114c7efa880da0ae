package ipc

import (
	"context"
	"encoding/json"
	"fmt"
)

// Kind says what went wrong on this side of the connection.
type Kind string

// The kinds of errors that arise on this side.
const (
	// KindRemote is the kind of every error that the other side answered with: its Code says more.
	KindRemote Kind = ""
	// KindCancelled means that the call's context was cancelled or its stream closed.
	KindCancelled Kind = "CANCELLED"
	// KindTimeout means that the deadline of the call's context has passed.
	KindTimeout Kind = "TIMEOUT"
	// KindWorkerExited means that the program ended before it answered; Exit says how.
	KindWorkerExited Kind = "WORKER_EXITED"
	// KindStopped means that Stop was called.
	KindStopped Kind = "STOPPED"
	// KindHostClosed means that the host closed this child's input.
	KindHostClosed Kind = "HOST_CLOSED"
	// KindContractMismatch means that the other side was made from another contract, which does not fit.
	KindContractMismatch Kind = "CONTRACT_MISMATCH"
	// KindStartFailed means that the program could not be started.
	KindStartFailed Kind = "START_FAILED"
	// KindStartTimeout means that the program said nothing within SpawnOptions.StartTimeout.
	KindStartTimeout Kind = "START_TIMEOUT"
	// KindStopFailed means that the program is alive after SIGKILL.
	KindStopFailed Kind = "STOP_FAILED"
	// KindMessageTooLarge means that a message is over the limit.
	KindMessageTooLarge Kind = "MESSAGE_TOO_LARGE"
	// KindStreamOverflow means that the other side ignored the stream's window.
	KindStreamOverflow Kind = "STREAM_OVERFLOW"
	// KindUnreadableMessage means that the answer could not be read.
	KindUnreadableMessage Kind = "UNREADABLE_MESSAGE"
	// KindInvalidParams means that the params do not fit the contract; nothing was sent.
	KindInvalidParams Kind = "INVALID_PARAMS"
	// KindInvalidResult means that the result does not fit the contract.
	KindInvalidResult Kind = "INVALID_RESULT"
	// KindInvalidItem means that an item of a stream does not fit the contract.
	KindInvalidItem Kind = "INVALID_ITEM"
)

// The codes that the protocol itself gives to errors on the wire.
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

// Error is how a call fails. errors.As finds it behind every failed call, the typed errors of a contract included;
// errors.Is(err, context.Canceled) and errors.Is(err, context.DeadlineExceeded) tell cancelled and late calls.
type Error struct {
	// Kind says what went wrong here; KindRemote if the other side answered with an error.
	Kind Kind
	// Code is the number that the other side answered with; 0 if Kind is another than KindRemote.
	Code int64
	// Message is a sentence.
	Message string
	// Data is what the other side, or a check on this side, had to add; nil if nothing.
	Data json.RawMessage
	// Exit tells how the program ended, if that is why.
	Exit *ExitReport
	// Cause is what led to this error, such as that of a cancelled context; nil if nothing did.
	Cause error
}

// Error is the message, and the code that the other side answered with.
func (e *Error) Error() string {
	if e.Kind == KindRemote {
		return fmt.Sprintf("%s (%d)", e.Message, e.Code)
	}
	return e.Message
}

// Unwrap gives the Cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is says that a cancelled call is context.Canceled and a late one context.DeadlineExceeded.
func (e *Error) Is(target error) bool {
	switch target {
	case context.Canceled:
		return e.Kind == KindCancelled || e.Kind == KindRemote && e.Code == CodeRequestCancelled
	case context.DeadlineExceeded:
		return e.Kind == KindTimeout
	}
	return false
}
