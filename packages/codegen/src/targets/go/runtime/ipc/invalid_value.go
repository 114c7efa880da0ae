package ipc

// InvalidValueError says that a value does not fit the contract: the first fault
// that is found, in the words that every language uses.
type InvalidValueError struct {
	// Path is a JSON Pointer (RFC 6901) to the fault; empty for the value itself.
	Path string
	// Message is the end of a sentence that begins with the path: "must be a string".
	Message string
}

// Error is the whole sentence.
func (e *InvalidValueError) Error() string {
	if e.Path == "" {
		return "the value " + e.Message
	}
	return e.Path + " " + e.Message
}
