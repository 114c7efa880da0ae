package peer

import "simpleipc/internal/ipc/wire"

const (
	// maxBatchItems is how many items of a stream travel in one message.
	maxBatchItems = 256
	// maxBatchBytes is how long such a message becomes, if no message has to be shorter; a longer item goes alone.
	maxBatchBytes = 64 * 1024
)

// batch is the message at the end of the queue, if it is one of items: the next item of the same stream joins it.
type batch struct {
	of    *Incoming // nil: the last message is another one, or is being written
	items int
	bytes int
}

// appendItem adds an item of a stream: to the last message, if that has items of the same stream and room, else with a
// head in front as a message of its own.
func (o *output) appendItem(in *Incoming, head, value []byte) {
	if o.hasHeaders {
		// The size of the last message is written.
		line := append(append([]byte{}, head...), value...)
		o.append(append(line, wire.EndItems...))
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	last := &o.batch
	room := min(maxBatchBytes, o.maxMessageBytes-len(head)-len(wire.EndItems)+1)
	if last.of == in && last.items < maxBatchItems && last.bytes+1+len(value) <= room && !o.closed {
		o.pending = o.pending[:len(o.pending)-len(wire.EndItems)]
		o.total -= int64(len(wire.EndItems))
		o.add([]byte{','})
		last.items++
		last.bytes += 1 + len(value)
	} else {
		o.add(head)
		*last = batch{in, 1, len(value)}
	}
	o.add(value)
	o.add([]byte(wire.EndItems))
}
