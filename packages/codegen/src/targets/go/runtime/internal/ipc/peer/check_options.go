package peer

import (
	"fmt"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// CheckNotNegative checks a number or duration of the options, by its name; 0 stands for the default.
func CheckNotNegative[T ~int | ~int64](name string, value T) error {
	if value >= 0 {
		return nil
	}
	return fmt.Errorf("%s is %v: it must not be negative", name, value)
}

// OneOf returns the options that a function was given, or the zero value.
func OneOf[T any](function string, options []T) (T, error) {
	var none T
	switch len(options) {
	case 0:
		return none, nil
	case 1:
		return options[0], nil
	default:
		return none, fmt.Errorf("%s was given %d options: pass one %T with all of them", function, len(options), none)
	}
}

// Reports returns what hears the progress of a call with these options; nil if nothing does.
func Reports[P any](
	options []ipc.CallOptions[P],
	read func(value *jsontree.Node) (P, error),
) func(value *jsontree.Node) error {
	var hearers []func(progress P)
	for _, each := range options {
		if each.OnProgress != nil {
			hearers = append(hearers, each.OnProgress)
		}
	}
	if hearers == nil {
		return nil
	}
	return func(value *jsontree.Node) error {
		progress, err := read(value)
		if err != nil {
			return err
		}
		for _, hear := range hearers {
			hear(progress)
		}
		return nil
	}
}
