package wire

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestLinesAreTheSameHoweverTheBytesArrive(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 500 {
		var text []byte
		for range random.Intn(40) {
			text = append(text, "ab\r\n\n"[random.Intn(5)])
		}
		var want []string
		for _, line := range strings.Split(string(text), "\n") {
			want = append(want, strings.TrimSuffix(line, "\r"))
		}
		if len(text) == 0 || text[len(text)-1] == '\n' {
			want = want[:len(want)-1]
		}
		var got []string
		splitter := LineSplitter{Limit: 1000, Line: func(line []byte) { got = append(got, string(line)) }}
		for rest := text; len(rest) > 0; {
			cut := 1 + random.Intn(len(rest))
			splitter.Push(rest[:cut])
			rest = rest[cut:]
		}
		splitter.End()
		if !slices.Equal(got, want) {
			t.Fatalf("%q became %q", text, got)
		}
	}
}

func TestALineOverTheLimitIsSkippedButForItsHead(t *testing.T) {
	for _, size := range []int{1, 7, 1000, 5000} {
		var lines, heads []string
		splitter := LineSplitter{
			Limit:   2000,
			Line:    func(line []byte) { lines = append(lines, string(line)) },
			Skipped: func(head []byte, size int) { heads = append(heads, fmt.Sprint(string(head[:5]), len(head), " ", size)) },
		}
		text := slices.Concat([]byte("head:"), bytes.Repeat([]byte("x"), 9995), []byte("\nnext\r\n"),
			bytes.Repeat([]byte("y"), 2000), []byte("\r\n"), bytes.Repeat([]byte("z"), 2001), []byte("\n"))
		for rest := text; len(rest) > 0; rest = rest[min(size, len(rest)):] {
			chunk := rest[:min(size, len(rest))]
			splitter.Push(chunk)
		}
		if !slices.Equal(heads, []string{"head:1024 10000", "zzzzz1024 2001"}) || len(lines) != 2 || lines[0] != "next" {
			t.Fatal(size, heads, len(lines))
		}
		if cap(splitter.rest) > 4*headBytes+4000 {
			t.Fatalf("%d bytes are kept", cap(splitter.rest))
		}
	}
}

func TestTheIDOfWhatCannotBeReadIsFound(t *testing.T) {
	for text, want := range map[string]struct {
		kind PeekKind
		id   ID
	}{
		`{"jsonrpc":"2.0","id":7,"method":"x","params":`:          {PeekRequest, ID{kind: numberID, number: 7}},
		`{"jsonrpc":"2.0","id":"a","result":`:                     {PeekResponse, ID{kind: textID, text: "a"}},
		`{"jsonrpc":"2.0","id":7.0,"error":{`:                     {PeekResponse, ID{kind: numberID, number: 7}},
		`{"jsonrpc":"2.0","method":"$/items","params":{"id":9,"v`: {PeekItem, ID{kind: numberID, number: 9}},
		`{"jsonrpc":"2.0","method":"$/items","params":{"id":9`:    {},
		`{"jsonrpc":"2.0","method":"x","params":{},"id":7`:        {},
		`{"jsonrpc":"2.0","params":[1],"id":7,"method":"x"`:       {},
		`{"jsonrpc":"2.0","id":null,"result":1`:                   {},
		`{"jsonrpc":"2.0","result":1,"id":7`:                      {},
		`{`:                                                       {},
	} {
		if kind, id := Peek([]byte(text)); kind != want.kind || id != want.id {
			t.Errorf("%s: %v %v", text, kind, id)
		}
	}
}
