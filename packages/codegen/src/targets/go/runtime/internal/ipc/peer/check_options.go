package peer

import "fmt"

// CheckNotNegative checks a number or duration of the options, by its name; 0 stands for the default.
func CheckNotNegative[T ~int | ~int64](name string, value T) error {
	if value >= 0 {
		return nil
	}
	return fmt.Errorf("%s is %v: it must not be negative", name, value)
}
