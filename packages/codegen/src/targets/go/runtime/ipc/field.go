package ipc

// Field is a member that may be absent, and may be null if it is present. The zero Field
// is absent.
type Field[T any] struct {
	// Present reports whether the member is present.
	Present bool
	// Value is the value of the member; nil is null.
	Value T
}

// Null is the type of members that can only be null.
type Null struct{}

// MarshalJSON returns null.
func (Null) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// UnmarshalJSON accepts null alone.
func (*Null) UnmarshalJSON(data []byte) error {
	if string(data) != "null" {
		return &InvalidValueError{Message: "must be null"}
	}
	return nil
}
