package ipc

import "fmt"

// HandlerError is the failure of a handler, or of a callback, as the option OnError receives it.
type HandlerError struct {
	// Method is the method or notification whose handler failed, or the option whose callback did, such as OnLine.
	Method string
	// Message is what the caller is answered: "panic: …" as Go prints it, or the text of the returned error.
	Message string
	// Stack is the stack of a panic, from the handler on, as Go prints it. For an error that was returned, it has the error
	// and its causes, one per line with their types, or what the error itself prints for %+v.
	Stack string
	// Err is the error that was returned, or that the handler panicked with; nil if it was no error.
	Err error
}

// Error returns the name of the handler and the message.
func (e *HandlerError) Error() string {
	return fmt.Sprintf("the handler of '%s' failed: %s", e.Method, e.Message)
}

// Unwrap returns Err.
func (e *HandlerError) Unwrap() error { return e.Err }
