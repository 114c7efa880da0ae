package jsontree

import (
	"errors"
	"strconv"
	"strings"

	"simpleipc/ipc"
)

func invalid(message string) error {
	return &ipc.InvalidValueError{Message: message}
}

// instead returns the error for a value of which it is known what it is.
func instead(message, got string) error {
	return &ipc.InvalidValueError{Message: message, Got: got}
}

// inMember returns an error of a member as one of the object.
func inMember(name string, err error) error {
	var fault *ipc.InvalidValueError
	if !errors.As(err, &fault) {
		return err
	}
	step := "/" + strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
	return &ipc.InvalidValueError{Path: step + fault.Path, Message: fault.Message, Got: fault.Got}
}

// inElement returns an error of an element as one of the array.
func inElement(index int, err error) error {
	return inMember(strconv.Itoa(index), err)
}

var kindWords = [...]string{
	Null:    "null",
	Boolean: "a boolean",
	Integer: "an integer",
	Number:  "a number",
	String:  "a string",
	Array:   "an array",
	Object:  "an object",
}

// wrongKind returns the error for a value that is of none of the kinds.
func wrongKind(got string, kinds ...Kind) error {
	var message strings.Builder
	message.WriteString("must be ")
	for i, kind := range kinds {
		switch {
		case i == 0:
		case i == len(kinds)-1:
			message.WriteString(" or ")
		default:
			message.WriteString(", ")
		}
		message.WriteString(kindWords[kind])
	}
	return instead(message.String(), got)
}

const (
	notJSON   = "must be a JSON value"
	notFinite = "must be a finite number"
	notSafe   = "must be an integer from -9007199254740991 to 9007199254740991"
	notBase64 = "must be valid base64"
	notUnique = "must not have two equal elements"
	tooDeep   = "is nested deeper than 100 levels"
)

// counted formats a number and what it counts, in the plural if necessary.
func counted(count float64, one string) string {
	if count != 1 {
		one += "s"
	}
	return NumberText(count) + " " + one
}

// NumberText formats a number as JavaScript does (RFC 8785).
func NumberText(value float64) string {
	return string(appendNumber(nil, value))
}
