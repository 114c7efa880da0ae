package ipc

import "simpleipc/internal/ipc/printable"

// InvalidValueError is the first mismatch found between a value and the contract. The
// message is the same in every language.
type InvalidValueError struct {
	// Path is a JSON Pointer (RFC 6901) to the invalid part; empty for the value itself.
	Path string
	// Message completes a sentence that begins with the path: "must be a string".
	Message string
	// Got is the beginning of the invalid part, or what it is: "3", "an array", "chan int"; empty where that would say
	// nothing.
	Got string
}

// Error returns the path, the message and what the value is instead, as a sentence.
func (e *InvalidValueError) Error() string {
	if e.Path == "" {
		return "the value" + e.Sentence()
	}
	return e.Sentence()
}

// Sentence returns the same for a sentence that begins with the name of the whole value. Names in the path may hold
// anything, so it is made safe to show.
func (e *InvalidValueError) Sentence() string {
	text := e.Path + " " + e.Message
	if e.Got != "" {
		text += ", not " + e.Got
	}
	return printable.Text(text, printable.Longest)
}
