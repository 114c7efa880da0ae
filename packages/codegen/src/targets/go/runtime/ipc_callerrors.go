package simpleipc

import (
	"context"
	"fmt"
)

// issues is the data of an error about a value: its one fault.
func issues(fault *InvalidValueError) []byte {
	w := writer{}
	w.raw(`{"issues":[{"path":`)
	w.quoted(fault.Path)
	w.raw(`,"message":`)
	w.quoted(fault.Message)
	w.raw(`}]}`)
	return w.bytes
}

// misfit is an error about a value that does not fit the contract.
func misfit(kind Kind, text string, fault *InvalidValueError) *Error {
	return &Error{Kind: kind, Message: text + fault.Path + " " + fault.Message, Data: issues(fault), cause: fault}
}

// abandoned is the error of a call whose context has ended.
func abandoned(ctx context.Context, method string) *Error {
	cause := context.Cause(ctx)
	if ctx.Err() == context.DeadlineExceeded {
		return &Error{Kind: KindTimeout, Message: method + " was not answered in time; it was cancelled", cause: cause}
	}
	return &Error{Kind: KindCancelled, Message: method + " was cancelled", cause: cause}
}

func tooLarge(what string, bytes, limit int) *Error {
	text := fmt.Sprintf("%s: its message has %d bytes, the limit is %d (MaxMessageBytes)", what, bytes, limit)
	return &Error{Kind: KindMessageTooLarge, Message: text}
}

func stopped(method string) error {
	return &Error{Kind: KindStopped, Message: method + " was not answered: the client was stopped"}
}

func notRunning(method string) error {
	return &Error{Kind: KindStopped, Message: method + " was not sent: the client is stopped"}
}
