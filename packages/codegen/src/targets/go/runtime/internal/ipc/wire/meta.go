package wire

import (
	"slices"
	"strings"

	"simpleipc/internal/ipc/jsontree"
)

// MostMetaBytes is how many bytes the meta of a message may have as JSON.
const MostMetaBytes = 8 * 1024

// WriteMeta writes meta between the method and the params of a call. It returns how many bytes it has as JSON.
func WriteMeta(w *jsontree.Writer, meta map[string]string) (size int) {
	w.Raw(`,"meta":`)
	start := len(w.Out)
	names := make([]string, 0, len(meta))
	for name := range meta {
		names = append(names, name)
	}
	slices.Sort(names)
	w.Raw("{")
	for i, name := range names {
		if i > 0 {
			w.Raw(",")
		}
		w.Quoted(name)
		w.Raw(":")
		w.Quoted(meta[name])
	}
	w.Raw("}")
	return len(w.Out) - start
}

// WriteFor writes behind the meta which request of the other side a call serves.
func WriteFor(w *jsontree.Writer, id ID) {
	w.Raw(`,"for":`)
	id.Write(w)
}

// ReadMeta returns meta; false if that is not what the value is. What is in a message of at most MostMetaBytes need not be
// measured.
func ReadMeta(value *jsontree.Node, messageBytes int) (meta map[string]string, ok bool) {
	if value.Kind != jsontree.Object {
		return nil, false
	}
	names, values := value.MemberNames(), value.MemberValues()
	meta = make(map[string]string, len(names))
	for i, name := range names {
		if values[i].Kind != jsontree.String {
			return nil, false
		}
		meta[strings.Clone(name)] = values[i].CloneText()
	}
	if messageBytes <= MostMetaBytes || len(meta) == 0 {
		return meta, true
	}
	w := BorrowWriter()
	defer ReturnWriter(w)
	return meta, WriteMeta(w, meta) <= MostMetaBytes
}
