package main

import (
	"errors"

	c "generated/conversation"
	"generated/ipc"
)

// failure is an error of a call, as the table has it.
func failure(err error) map[string]any {
	var plain *c.Error
	if !errors.As(err, &plain) {
		return map[string]any{"code": "NO_ERROR_OF_OURS", "message": err.Error()}
	}
	told := map[string]any{"code": plain.Code, "message": plain.Message}
	if plain.Kind != ipc.KindRemote {
		told["code"] = string(plain.Kind)
	}
	if plain.Data != nil {
		told["data"] = plain.Data
	}
	if name, data := declared(err); name != "" {
		told["declared"] = name
		if data != nil {
			told["data"] = map[string]any{"value": data.Value}
		}
	}
	return told
}

// declared gives the name and the data of an error that came as its own type.
func declared(err error) (name string, data *c.Number) {
	var (
		failDeclared *c.FailDeclaredError
		failBare     *c.FailBareError
		countHalted  *c.CountHaltedError
	)
	switch {
	case errors.As(err, &failDeclared):
		return "Declared", &failDeclared.Data
	case errors.As(err, &failBare):
		return "Bare", nil
	case errors.As(err, &countHalted):
		return "Halted", &countHalted.Data
	default:
		return "", nil
	}
}
