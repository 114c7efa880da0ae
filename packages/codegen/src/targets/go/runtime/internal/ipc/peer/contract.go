package peer

import (
	"context"

	"simpleipc/internal/ipc/jsontree"
)

// Contract identifies the contract from which the code was generated.
type Contract struct {
	Name, Version, Hash, OpenRPC string
	File                         string // the generated file; hosts fill it in
	Foreign                      *Foreign
}

// Method is a method that this side implements.
type Method struct {
	// Positional params are a tuple: if absent, they are checked as [] instead of {}.
	Positional bool
	// Handle decodes the params, calls the user's handler and answers. An error that it returns is sent as the answer.
	Handle func(ctx context.Context, call *Incoming) error
}

// Notification is a notification that this side handles.
type Notification struct {
	Positional bool
	// Handle decodes the params and calls the user's handler. It returns an error if the params do not match the
	// contract.
	Handle func(ctx context.Context, params *jsontree.Node) error
}

// DeclaredError is an error that a method of the contract declares.
type DeclaredError struct {
	Code    int64
	Message string
	// Data writes the error's data; nil if it has none.
	Data func(w *jsontree.Writer) error
}

// Error returns the message.
func (e *DeclaredError) Error() string { return e.Message }

// ErrorReader returns the typed error of a declared code. The data is nil if the other side sent none.
type ErrorReader = func(message string, data *jsontree.Node) error
