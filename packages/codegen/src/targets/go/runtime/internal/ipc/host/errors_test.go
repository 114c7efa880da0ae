package host

import (
	"strings"
	"testing"
	"unicode"

	"simpleipc/internal/ipc/peer"
)

func TestControlCharactersOfAnotherContractAreEscaped(t *testing.T) {
	const attack = "\x1b[31m\u202e\n\u009b"
	failure := contractMismatch(peer.Contract{Name: "ours", Version: "1"}, "theirs"+attack, "2"+attack, []string{"child ask/" + attack + ": is missing"})
	lines := strings.Split(failure.Message, "\n")
	if len(lines) != 3 {
		t.Errorf("%q", failure.Message)
	}
	for _, line := range lines {
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }) {
			t.Errorf("%q", line)
		}
	}
	if short := failure.ShortMessage(); short != "The other side's contract does not match ours, 'ours' 1" {
		t.Error(short)
	}
}
