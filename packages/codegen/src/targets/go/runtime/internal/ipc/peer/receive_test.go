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
