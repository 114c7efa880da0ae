// Command fuzz reads and writes values by generated code: one JSON line in, one out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// question is a value and the type it is to have.
type question struct {
	Type  string          `json:"type"`
	Value json.RawMessage `json:"value"`
}

// again reads a value and writes it.
func again[T any](decode func([]byte) (T, error), encode func(T) ([]byte, error)) func([]byte) ([]byte, error) {
	return func(data []byte) ([]byte, error) {
		value, err := decode(data)
		if err != nil {
			return nil, err
		}
		return encode(value)
	}
}

func answer(line []byte) map[string]any {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return map[string]any{"crash": err.Error()}
	}
	data, err := types[asked.Type](asked.Value)
	if err == nil {
		return map[string]any{"ok": json.RawMessage(data)}
	}
	if path, message, ok := fault(err); ok {
		return map[string]any{"path": path, "message": message}
	}
	return map[string]any{"crash": err.Error()}
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := bufio.NewWriter(os.Stdout)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			break
		}
		text, err := json.Marshal(answer(line))
		if err != nil {
			text, _ = json.Marshal(map[string]any{"crash": err.Error()})
		}
		if _, err := output.Write(append(text, '\n')); err != nil {
			break
		}
	}
	if err := output.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
