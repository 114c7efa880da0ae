package peer

import (
	"bytes"
	"strings"
	"testing"
)

// blockedOutput returns an output that writes nothing until the channel is closed, and what it has written then.
func blockedOutput() (*output, chan struct{}, *bytes.Buffer) {
	block := make(chan struct{})
	written := &bytes.Buffer{}
	o := newOutput(func(line []byte) error {
		<-block
		written.Write(line)
		return nil
	}, func() {}, fullBytes)
	return o, block, written
}

func TestItemsOfOneStreamShareAMessage(t *testing.T) {
	o, block, written := blockedOutput()
	o.maxMessageBytes = fullBytes
	one, other := &Incoming{}, &Incoming{}
	head := []byte(`{"values":[`)
	o.appendItem(one, head, []byte("1"))
	o.appendItem(one, head, []byte("2"))
	o.appendItem(other, head, []byte("3"))
	o.appendItem(one, head, []byte("4"))
	o.append([]byte("other\n"))
	end := o.append([]byte("message\n"))
	o.appendItem(one, head, []byte("5"))
	long := strings.Repeat("6", maxBatchBytes)
	o.appendItem(one, head, []byte(long))
	for range maxBatchItems + 1 {
		o.appendItem(other, head, []byte("7"))
	}
	close(block)
	o.finish()
	sevens := strings.Repeat("7,", maxBatchItems-1) + "7"
	want := []string{"1,2", "3", "4", "other", "message", "5", long, sevens, "7"}
	for i, line := range strings.Split(strings.TrimSuffix(written.String(), "\n"), "\n") {
		got := strings.TrimSuffix(strings.TrimPrefix(line, string(head)), "]}}")
		if i >= len(want) || got != want[i] {
			t.Fatalf("line %d is %.100s", i, line)
		}
	}
	if at := int64(strings.Index(written.String(), "message\n") + len("message\n")); at != end {
		t.Errorf("a message ends at %d, not at %d", at, end)
	}
	if o.total != int64(written.Len()) {
		t.Errorf("%d bytes were counted, %d written", o.total, written.Len())
	}
	o.close()
}

func TestItemsOfOneMessageKeepToItsLimit(t *testing.T) {
	o, block, written := blockedOutput()
	o.maxMessageBytes = 100
	of := &Incoming{}
	for range 50 {
		o.appendItem(of, []byte(`{"values":[`), []byte(`"1234567890"`))
	}
	close(block)
	o.finish()
	items := 0
	for _, line := range strings.Split(strings.TrimSuffix(written.String(), "\n"), "\n") {
		if len(line) > 100 {
			t.Errorf("a message of %d bytes", len(line))
		}
		items += strings.Count(line, `"1234567890"`)
	}
	if items != 50 {
		t.Errorf("%d items", items)
	}
	o.close()
}
