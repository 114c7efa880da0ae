package simpleipc

import "context"

// contractInfo says which contract the code was generated from.
type contractInfo struct {
	name, version, hash, openrpc string
}

// method is one that this side implements.
type method struct {
	// positional params are a tuple: absent ones are checked as [] instead of {}.
	positional bool
	// handle reads the params, runs the user's handler and answers. What it returns is answered as a failure.
	handle func(ctx context.Context, call *incoming) error
}

// notification is one that this side may be sent.
type notification struct {
	positional bool
	// handle reads the params and runs the user's handler to its end. An error means that the params do not fit.
	handle func(ctx context.Context, params *node) error
}

// declaredError is a failure that a method of the contract documents.
type declaredError struct {
	Code    int64
	Message string
	// Data writes the error's data; nil if it has none.
	Data func(w *writer) error
}

func (e *declaredError) Error() string { return e.Message }

// errorReader makes the typed error of a declared code. The data is nil if the other side sent none.
type errorReader = func(message string, data *node) error
