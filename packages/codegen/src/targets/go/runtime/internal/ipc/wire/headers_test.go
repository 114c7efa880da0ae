package wire

import (
	"slices"
	"strings"
	"testing"
)

func TestMessagesWithHeadersAreTheSameHoweverTheyAreCut(t *testing.T) {
	text := "hello\ncontent-length: 7\r\nContent-Type: x\r\n\r\n{\"a\":\n}" + "at 40%Content-Length: 2\r\n\r\n{}" +
		"Content-Length: none\r\n" + Header(12) + strings.Repeat("x", 12) + Header(4) + "{\"cu"
	want := []string{"hello", "{\"a\":\n}", "at 40%", "{}", "Content-Length: none", "12: xxxxxxxxxxxx", "{\"cu"}
	for size := 1; size < len(text); size++ {
		var got []string
		s := HeaderSplitter{
			Limit: 11,
			Line:  func(line []byte) { got = append(got, string(line)) },
			Skipped: func(head []byte, size int) {
				got = append(got, "12: "+string(head))
				if size != 12 {
					t.Error(size)
				}
			},
		}
		for rest := []byte(text); len(rest) > 0; rest = rest[min(size, len(rest)):] {
			s.Push(rest[:min(size, len(rest))])
		}
		s.End()
		if !slices.Equal(got, want) {
			t.Fatalf("%d: %q", size, got)
		}
	}
}
