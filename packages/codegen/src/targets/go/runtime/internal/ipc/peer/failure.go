package peer

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"simpleipc/ipc"
)

// failure is why a handler failed, in words. Nothing here panics, whatever the values do that it describes.
type failure struct {
	message string // for the caller
	stack   string // for people
	cause   error  // nil: it panicked with something that is no error
	isPanic bool
}

func (f *failure) Error() string { return f.message }

// report returns the failure as the user's code receives it.
func (f *failure) report(method string) *ipc.HandlerError {
	return &ipc.HandlerError{Method: method, Message: f.message, Stack: f.stack, Err: f.cause}
}

// returned describes an error that a handler has returned.
func returned(err error) *failure {
	return &failure{message: errorText(err), stack: causes(err), cause: err}
}

// panicked describes what was recovered, in the deferred function that has recovered it; nil means that the goroutine
// has been ended.
func panicked(value any) *failure {
	message := "the handler ended its goroutine (runtime.Goexit)"
	if value != nil {
		message = "panic: " + panicText(value)
	}
	cause, _ := value.(error)
	return &failure{message: message, stack: message + "\n\n" + trace(), cause: cause, isPanic: true}
}

// errorText returns the text of an error, whose Error method may fail.
func errorText(err error) string {
	text := attempt(err.Error, func(reason any) string {
		name := fmt.Sprintf("%T", err)
		if value := reflect.ValueOf(err); value.Kind() == reflect.Pointer && value.IsNil() {
			name = fmt.Sprintf("(%T)(nil)", err)
		}
		return fmt.Sprintf("%s: its Error method panicked: %v", name, reason)
	})
	if text == "" {
		return fmt.Sprintf("%T", err)
	}
	return text
}

// panicText returns the value of a panic as Go prints it, with the contents of a struct instead of its address.
func panicText(value any) string {
	switch value := value.(type) {
	case error:
		return errorText(value)
	case fmt.Stringer:
		return attempt(value.String, func(reason any) string {
			return fmt.Sprintf("%T: its String method panicked: %v", value, reason)
		})
	case string:
		return value
	}
	switch kind := reflect.TypeOf(value); {
	case kind.Kind() == reflect.String:
		return fmt.Sprintf("%T(%q)", value, value)
	case kind.Kind() > reflect.Complex128:
		return fmt.Sprintf("(%T) %+v", value, value)
	case kind.PkgPath() != "":
		return fmt.Sprintf("%T(%v)", value, value)
	default:
		return fmt.Sprint(value)
	}
}

// attempt calls code of others that makes a text.
func attempt(make func() string, otherwise func(reason any) string) (text string) {
	defer func() {
		if reason := recover(); reason != nil {
			text = otherwise(reason)
		}
	}()
	return make()
}

// mostCauses is how many errors of a chain are listed, which may be a circle.
const mostCauses = 50

// causes lists an error and what it wraps, or returns what it prints for %+v, if that is more than its text.
func causes(err error) string {
	return attempt(func() string {
		text := errorText(err)
		if long := fmt.Sprintf("%+v", err); long != text && len(long) > len(text) {
			return long
		}
		var lines []string
		var list func(err error, depth int)
		list = func(err error, depth int) {
			if err == nil || len(lines) == mostCauses {
				return
			}
			lines = append(lines, fmt.Sprintf("%s%T: %s", strings.Repeat("  ", depth), err, errorText(err)))
			switch err := err.(type) {
			case interface{ Unwrap() error }:
				list(err.Unwrap(), depth+1)
			case interface{ Unwrap() []error }:
				for _, each := range err.Unwrap() {
					list(each, depth+1)
				}
			}
		}
		list(err, 0)
		return strings.Join(lines, "\n")
	}, func(any) string { return errorText(err) })
}

var (
	packagePath = reflect.TypeOf((*Peer)(nil)).Elem().PkgPath()
	// The functions that call user code: what called them says nothing.
	callers = []string{packagePath + ".(*Incoming).run(", packagePath + ".(*Peer).guard("}
)

// trace returns the stack of this goroutine from the function that has panicked to the one that the runtime called.
func trace() string {
	lines := strings.SplitAfter(strings.TrimSpace(string(debug.Stack())), "\n")
	first, last := 1, len(lines)
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") || strings.HasPrefix(line, "runtime.Goexit(") {
			first = i + 2
			break
		}
	}
	for i := len(lines) - 1; i > first; i-- {
		if strings.HasPrefix(lines[i], callers[0]) || strings.HasPrefix(lines[i], callers[1]) {
			last = i
			break
		}
	}
	return strings.TrimSpace(lines[0] + strings.Join(lines[min(first, last):last], ""))
}

// mostErrors is how many errors of a tree are looked at, which may be a circle.
const mostErrors = 1000

// Find looks for an error of a type in what a handler has returned, as errors.As does. It finds no nil pointer, and
// nothing if a method of one of the errors panics.
func Find[E interface {
	error
	comparable
}](err error) (found E, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	var nothing E
	left := mostErrors
	var look func(err error) bool
	look = func(err error) bool {
		if left--; err == nil || left < 0 {
			return false
		}
		if same, isSame := err.(E); isSame {
			found = same
			return same != nothing
		}
		if other, canBe := err.(interface{ As(any) bool }); canBe && other.As(&found) && found != nothing {
			return true
		}
		switch err := err.(type) {
		case interface{ Unwrap() error }:
			return look(err.Unwrap())
		case interface{ Unwrap() []error }:
			return slices.ContainsFunc(err.Unwrap(), look)
		}
		return false
	}
	ok = look(err)
	return found, ok
}
