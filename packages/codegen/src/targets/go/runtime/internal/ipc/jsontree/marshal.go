package jsontree

import "fmt"

// Marshal returns what MarshalJSON of a generated type does: the value as it is on the wire.
func Marshal[T any](value T, encode func(w *Writer, value T) error) ([]byte, error) {
	var w Writer
	if err := encode(&w, value); err != nil {
		return nil, err
	}
	return w.Out, nil
}

// Unmarshal does what UnmarshalJSON of a generated type does. If the text does not match the contract, it leaves the
// value as it is.
func Unmarshal[T any](data []byte, value *T, decode func(n *Node) (T, error)) error {
	n, err := Parse(data)
	if err != nil {
		return err
	}
	read, err := decode(n)
	if err == nil {
		*value = read
	}
	return err
}

// UnmarshalBranch does the same for one of the types of a union, which are read together.
func UnmarshalBranch[T, U any](data []byte, value *T, decode func(n *Node) (U, error)) error {
	var read U
	if err := Unmarshal(data, &read, decode); err != nil {
		return err
	}
	branch, ok := any(read).(T)
	if !ok {
		return fmt.Errorf("this is a %T, not a %T", read, *value)
	}
	*value = branch
	return nil
}
