package ipc

// Field is a member that may be absent, and may be null where it is present. The zero
// Field is absent.
type Field[T any] struct {
	// Present tells whether the member is there at all.
	Present bool
	// Value is what the member holds; nil is null.
	Value T
}

// Null stands for null where nothing else may be.
type Null struct{}
