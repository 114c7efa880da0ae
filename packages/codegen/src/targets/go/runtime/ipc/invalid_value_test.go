package ipc

import "testing"

func TestNamesInThePathOfAnInvalidValueAreSafeToShow(t *testing.T) {
	invalid := &InvalidValueError{Path: "/\x1b[31m\u202e\n", Message: "must be a string", Got: "\"\u009b\""}
	const wanted = `/\x1b[31m\u202e\x0a must be a string, not "\x9b"`
	if text := invalid.Error(); text != wanted {
		t.Errorf("it says %q, not %q", text, wanted)
	}
}
