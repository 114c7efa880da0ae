package jsontree

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Any writes any value that JSON can hold: nil, a boolean, a number, a string, []any
// and map[string]any, as Any reads them, and everything else that encoding/json can write.
func (w *Writer) Any(value any) error {
	switch value := value.(type) {
	case nil:
		w.Null()
	case bool:
		w.Boolean(value)
	case string:
		w.Quoted(value)
	case float64:
		return w.Number(value)
	case float32:
		return w.Number(float64(value))
	case int:
		w.Int(int64(value))
	case int8:
		w.Int(int64(value))
	case int16:
		w.Int(int64(value))
	case int32:
		w.Int(int64(value))
	case int64:
		w.Int(value)
	case uint8:
		w.Int(int64(value))
	case uint16:
		w.Int(int64(value))
	case uint32:
		w.Int(int64(value))
	case uint:
		w.Out = strconv.AppendUint(w.Out, uint64(value), 10)
	case uint64:
		w.Out = strconv.AppendUint(w.Out, value, 10)
	case json.Number:
		return w.parsed([]byte(value))
	case json.RawMessage:
		return w.parsed(value)
	case []any:
		return w.anyElements(value)
	case map[string]any:
		return w.anyMembers(value)
	default:
		return w.marshalled(value)
	}
	return nil
}

// marshalled writes a value as encoding/json does: by its MarshalJSON method, the tags of its fields and so on.
func (w *Writer) marshalled(value any) error {
	text, err := json.Marshal(value)
	if err == nil {
		return w.parsed(text)
	}
	var unsupported *json.UnsupportedTypeError
	if errors.As(err, &unsupported) && unsupported.Type == reflect.TypeOf(value) {
		return instead(notJSON, got(value))
	}
	return instead(notJSON, fmt.Sprintf("%T (%s)", value, strings.TrimPrefix(err.Error(), "json: ")))
}

// parsed writes text that must be valid JSON.
func (w *Writer) parsed(text []byte) error {
	value, err := Parse(text)
	if err != nil {
		return instead(notJSON, shortened(string(text)))
	}
	return w.Any(value.Any())
}

func (w *Writer) anyElements(values []any) error {
	if err := w.Array(); err != nil {
		return err
	}
	for i, value := range values {
		w.Next()
		if err := w.Any(value); err != nil {
			return inElement(i, err)
		}
	}
	w.End(']')
	return nil
}

func (w *Writer) anyMembers(values map[string]any) error {
	if err := w.Object(); err != nil {
		return err
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w.Name(name)
		if err := w.Any(values[name]); err != nil {
			return inMember(name, err)
		}
	}
	w.End('}')
	return nil
}
