// Package wire splits bytes into lines and writes messages; it has the ids of requests and the flow control of streams.
// It does no I/O.
package wire

import (
	"sync"

	"simpleipc/internal/ipc/jsontree"
)

// writers are pooled, so that a message allocates no memory of its own.
var writers = sync.Pool{New: func() any { return &jsontree.Writer{} }}

// Larger writers are not kept.
const keptWriterBytes = 64 * 1024

// BorrowWriter returns an empty writer.
func BorrowWriter() *jsontree.Writer {
	w, ok := writers.Get().(*jsontree.Writer)
	if !ok {
		return &jsontree.Writer{}
	}
	w.Reset()
	return w
}

// ReturnWriter returns a writer to the pool.
func ReturnWriter(w *jsontree.Writer) {
	if cap(w.Out) <= keptWriterBytes {
		writers.Put(w)
	}
}

const (
	idHead     = `{"jsonrpc":"2.0","id":`
	methodHead = `{"jsonrpc":"2.0","method":`
)

// BeginResult writes everything before a result; EndMessage closes it.
func BeginResult(w *jsontree.Writer, id ID) {
	w.Raw(idHead)
	id.Write(w)
	w.Raw(`,"result":`)
}

// EndMessage closes what BeginResult has opened.
func EndMessage(w *jsontree.Writer) { w.Raw("}\n") }

// WriteError writes a whole error response. The data is JSON, or nil.
func WriteError(w *jsontree.Writer, id ID, code int64, message string, data []byte) {
	w.Raw(idHead)
	id.Write(w)
	w.Raw(`,"error":{"code":`)
	w.Int(code)
	w.Raw(`,"message":`)
	w.Quoted(message)
	if data != nil {
		w.Raw(`,"data":`)
		w.Out = append(w.Out, data...)
	}
	w.Raw("}}\n")
}

// BeginCall writes a request up to its method, or a notification if there is no id. What it carries beside its params comes
// next, if anything, and then EndCall.
func BeginCall(w *jsontree.Writer, id ID, name string) {
	if id.IsNone() {
		w.Raw(methodHead)
	} else {
		w.Raw(idHead)
		id.Write(w)
		w.Raw(`,"method":`)
	}
	w.Quoted(name)
}

// EndCall writes the params and closes what BeginCall has opened. If params is nil, there are none.
func EndCall(w *jsontree.Writer, params func(w *jsontree.Writer) error) error {
	if params != nil {
		w.Raw(`,"params":`)
		if err := params(w); err != nil {
			return err
		}
	}
	EndMessage(w)
	return nil
}

// BeginItems writes everything before the items of a stream; EndItems closes it.
func BeginItems(w *jsontree.Writer, id ID) {
	w.Raw(methodHead + `"$/items","params":{"id":`)
	id.Write(w)
	w.Raw(`,"values":[`)
}

// EndItems closes what BeginItems has opened.
const EndItems = "]}}\n"

// BeginProgress writes everything before a progress report; EndParams closes it.
func BeginProgress(w *jsontree.Writer, token ID) {
	w.Raw(methodHead + `"$/progress","params":{"token":`)
	token.Write(w)
	w.Raw(`,"value":`)
}

// EndParams closes what BeginProgress has opened.
func EndParams(w *jsontree.Writer) { w.Raw("}}\n") }

// WriteDraining writes a notification without meaning, to find out whether it can be written.
func WriteDraining(w *jsontree.Writer) { w.Raw(methodHead + `"$/draining"}` + "\n") }

// WriteCancel writes that a call is no longer wanted.
func WriteCancel(w *jsontree.Writer, number int64) {
	w.Raw(methodHead + `"$/cancelRequest","params":{"id":`)
	w.Int(number)
	w.Raw("}}\n")
}

// WriteCredit writes that items of a stream were consumed.
func WriteCredit(w *jsontree.Writer, number int64, items int) {
	w.Raw(methodHead + `"$/credit","params":{"id":`)
	w.Int(number)
	w.Raw(`,"items":`)
	w.Int(int64(items))
	w.Raw("}}\n")
}
