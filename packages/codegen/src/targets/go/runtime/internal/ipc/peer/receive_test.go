package peer

import (
	"bytes"
	"testing"
)

func TestARequestThatIsInvalidIsToldWhatIsWrong(t *testing.T) {
	var sent bytes.Buffer
	p := peerWith(nil)
	p.Connect(func(text []byte) error { sent.Write(text); return nil }, func() {})
	t.Cleanup(p.CloseOutput)
	for line, message := range map[string]string{
		`{"jsonrpc":"2.0","id":1,"method":2}`:                "The method of a request must be a string",
		`{"jsonrpc":"2.0","id":1,"method":"a","params":"b"}`: "The params of a request must be an object or an array",
		`{"jsonrpc":"2.0","id":1.5,"method":"a"}`:            "The id of a request must be a string or an integer",
		`{"jsonrpc":"2.0","id":null,"method":"a"}`:           "The id of a request must be a string or an integer",
		`{"jsonrpc":"2.0","id":1,"method":"a"}`:              "There is no method 'a' here",
		`{"a":1}`:                                            "This is JSON, but not a JSON-RPC 2.0 message",
	} {
		sent.Reset()
		p.Receive([]byte(line + "\n"))
		p.FinishOutput()
		if !bytes.Contains(sent.Bytes(), []byte(`"message":"`+message+`"`)) {
			t.Errorf("%s was answered with %s", line, sent.String())
		}
	}
}

func TestOnlyTheWhiteSpaceOfJSONAndAByteOrderMarkAtTheVeryBeginningStandAroundAMessage(t *testing.T) {
	const ping = `{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}`
	for input, answers := range map[string]int{
		"\ufeff" + ping + "\n":             1,
		"\ufeff \t" + ping + "\n":          1,
		" \ufeff" + ping + "\n":            0,
		"\n\ufeff" + ping + "\n":           0,
		ping + "\n\ufeff" + ping + "\n":    1,
		"\ufeff\ufeff" + ping + "\n":       0,
		" \t\r" + ping + "\t \r\r\n":       1,
		"\v" + ping + "\n":                 0,
		"\f" + ping + "\n":                 0,
		"\u00a0" + ping + "\n":             0,
		"\u2028" + ping + "\n":             0,
		ping + "\u0085\n":                  0,
		"\x00" + ping + "\n":               0,
		"\x1c" + ping + "\n" + ping + "\n": 1,
		"\n \n\r\n" + ping + "\n \t\n":     1,
		"\xef\xbb" + ping + "\n":           0,
		"\ufeff\n" + ping + "\r\n":         1,
		"\u3000\n" + ping + "\n":           1,
		ping + "\x1f\n" + ping + "\x1e\n":  0,
	} {
		var sent bytes.Buffer
		p := peerWith(nil)
		p.Connect(func(text []byte) error { sent.Write(text); return nil }, func() {})
		p.options.OnLine = func(string) {}
		p.Receive([]byte(input))
		p.FinishOutput()
		p.CloseOutput()
		if got := bytes.Count(sent.Bytes(), []byte(`"id":1,"result":null`)); got != answers {
			t.Errorf("%q has %d answers: %s", input, got, &sent)
		}
	}
}
