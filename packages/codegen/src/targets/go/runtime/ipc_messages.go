package simpleipc

import "sync"

// writers are kept, so that a message costs no memory of its own.
var writers = sync.Pool{New: func() any { return &writer{} }}

// A writer that has grown beyond this is not kept.
const keptWriterBytes = 64 * 1024

func borrowWriter() *writer {
	w, ok := writers.Get().(*writer)
	if !ok {
		return &writer{}
	}
	w.cut(0)
	return w
}

func returnWriter(w *writer) {
	if cap(w.bytes) <= keptWriterBytes {
		writers.Put(w)
	}
}

const (
	idHead     = `{"jsonrpc":"2.0","id":`
	methodHead = `{"jsonrpc":"2.0","method":`
)

// beginResult writes everything in front of a result; endMessage closes it.
func beginResult(w *writer, id messageID) {
	w.raw(idHead)
	id.write(w)
	w.raw(`,"result":`)
}

func endMessage(w *writer) { w.raw("}\n") }

// writeError writes a whole error response. The data is JSON, or nil.
func writeError(w *writer, id messageID, code int64, message string, data []byte) {
	w.raw(idHead)
	id.write(w)
	w.raw(`,"error":{"code":`)
	w.int(code)
	w.raw(`,"message":`)
	w.quoted(message)
	if data != nil {
		w.raw(`,"data":`)
		w.bytes = append(w.bytes, data...)
	}
	w.raw("}}\n")
}

// writeCall writes a request, or without an id a notification. A nil params leaves them out.
func writeCall(w *writer, id messageID, name string, params func(w *writer) error) error {
	if id.kind == noID {
		w.raw(methodHead)
	} else {
		w.raw(idHead)
		id.write(w)
		w.raw(`,"method":`)
	}
	w.quoted(name)
	if params != nil {
		w.raw(`,"params":`)
		if err := params(w); err != nil {
			return err
		}
	}
	endMessage(w)
	return nil
}

func writeCancel(w *writer, number int64) {
	w.raw(methodHead + `"$/cancelRequest","params":{"id":`)
	w.int(number)
	w.raw("}}\n")
}

func writeCredit(w *writer, number int64, items int) {
	w.raw(methodHead + `"$/credit","params":{"id":`)
	w.int(number)
	w.raw(`,"items":`)
	w.int(int64(items))
	w.raw("}}\n")
}
