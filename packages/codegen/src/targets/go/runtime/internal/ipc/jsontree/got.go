package jsontree

import (
	"fmt"
	"reflect"
	"strconv"
)

// longestGot is how many characters of a value are shown.
const longestGot = 60

// got says what a value of this program is: a short value as it is written, otherwise its type.
func got(value any) string {
	if value == nil {
		return "nil"
	}
	switch v := reflect.ValueOf(value); {
	case v.Kind() == reflect.String:
		return shortened(v.String())
	case v.Kind() == reflect.Bool, v.CanInt(), v.CanUint(), v.CanFloat():
		// Not with %v: the type may have a String method.
		return shortNumber(v)
	}
	return fmt.Sprintf("%T", value)
}

func shortNumber(v reflect.Value) string {
	switch {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10)
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10)
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	default:
		return strconv.FormatBool(v.Bool())
	}
}

// got says what a parsed value is.
func (n *Node) got() string {
	switch n.Kind {
	case Null:
		return "null"
	case String:
		return shortened(n.Literal)
	case Array:
		return "an array"
	case Object:
		return "an object"
	default:
		if len(n.Literal) > longestGot {
			return n.Literal[:longestGot] + "…"
		}
		return n.Literal
	}
}

func shortened(text string) string {
	count := 0
	for at := range text {
		if count == longestGot {
			return strconv.Quote(text[:at]) + "…"
		}
		count++
	}
	return strconv.Quote(text)
}
