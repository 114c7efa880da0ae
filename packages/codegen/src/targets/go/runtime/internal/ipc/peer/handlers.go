package peer

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"simpleipc/ipc"
)

// Handlers is what answers the other side.
type Handlers struct {
	// Value is what the program has passed, and Interface the generated type that it implements; both are empty where the
	// contract has nothing to answer.
	Value     any
	Interface string

	Methods       map[string]*Method
	Notifications map[string]*Notification
}

// namedAtMost is how many missing handlers an error names.
const namedAtMost = 5

// Check returns an error if there are handlers to call, and the program has passed nil.
func (h Handlers) Check(function string) error {
	if h.Interface == "" || !isNil(h.Value) {
		return nil
	}
	names := make([]string, 0, len(h.Methods)+len(h.Notifications))
	for name := range h.Methods {
		names = append(names, name)
	}
	for name := range h.Notifications {
		names = append(names, name)
	}
	slices.Sort(names)
	rest := ""
	if len(names) > namedAtMost {
		rest = fmt.Sprintf(" and %d more", len(names)-namedAtMost)
		names = names[:namedAtMost]
	}
	return fmt.Errorf("the handlers passed to %s are nil, so that nothing handles %s%s: pass a %s; Unimplemented%s{} refuses every call",
		function, strings.Join(names, ", "), rest, h.Interface, h.Interface)
}

// isNil reports whether there is no value behind the interface, or a pointer to none.
func isNil(value any) bool {
	of := reflect.ValueOf(value)
	return !of.IsValid() || of.Kind() == reflect.Pointer && of.IsNil()
}

// Unimplemented returns the error of a method for which the program has no handler.
func Unimplemented(method string) error {
	return &DeclaredError{Code: ipc.CodeMethodNotFound, Message: method + " is not implemented"}
}
