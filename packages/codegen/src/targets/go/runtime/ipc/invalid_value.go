package ipc

// InvalidValueError is the first mismatch found between a value and the contract. The
// message is the same in every language.
type InvalidValueError struct {
	// Path is a JSON Pointer (RFC 6901) to the invalid part; empty for the value itself.
	Path string
	// Message completes a sentence that begins with the path: "must be a string".
	Message string
}

// Error returns the path and the message as a sentence.
func (e *InvalidValueError) Error() string {
	if e.Path == "" {
		return "the value " + e.Message
	}
	return e.Path + " " + e.Message
}
