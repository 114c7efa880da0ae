package peer

import (
	"context"

	"simpleipc/internal/ipc/jsontree"
)

// Contract says which contract the code was generated from.
type Contract struct {
	Name, Version, Hash, OpenRPC string
}

// Method is one that this side implements.
type Method struct {
	// Positional params are a tuple: absent ones are checked as [] instead of {}.
	Positional bool
	// Handle reads the params, runs the user's handler and answers. What it returns is answered as a failure.
	Handle func(ctx context.Context, call *Incoming) error
}

// Notification is one that this side may be sent.
type Notification struct {
	Positional bool
	// Handle reads the params and runs the user's handler to its end. An error means that the params do not fit.
	Handle func(ctx context.Context, params *jsontree.Node) error
}

// DeclaredError is a failure that a method of the contract documents.
type DeclaredError struct {
	Code    int64
	Message string
	// Data writes the error's data; nil if it has none.
	Data func(w *jsontree.Writer) error
}

// Error is the message.
func (e *DeclaredError) Error() string { return e.Message }

// ErrorReader makes the typed error of a declared code. The data is nil if the other side sent none.
type ErrorReader = func(message string, data *jsontree.Node) error
