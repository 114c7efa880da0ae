package ipc

import (
	"context"
	"maps"

	"simpleipc/internal/ipc/carried"
)

// Meta returns what the message that a handler handles says of its caller, for tracers and logs. The map is the program's
// own; it is empty if there is no such message, or it says nothing.
func Meta(ctx context.Context) map[string]string {
	meta := map[string]string{}
	if message := carried.Of(ctx).Message; message != nil {
		maps.Copy(meta, message.Meta())
	}
	return meta
}

// For returns the id of the call of this side that a handler's message serves: the other side has made it in the handler
// of that call. It is false if the message serves none that is still open. The calls of a side are numbered 1, 2, 3, and
// so on.
func For(ctx context.Context) (call int64, ok bool) {
	if message := carried.Of(ctx).Message; message != nil {
		return message.For()
	}
	return 0, false
}

// WithMeta returns a context whose calls send this meta, too. It replaces what has the same name in the meta that is passed
// on, and in that of the option Meta.
func WithMeta(ctx context.Context, meta map[string]string) context.Context {
	of := carried.Of(ctx)
	added := make(map[string]string, len(of.Added)+len(meta))
	maps.Copy(added, of.Added)
	maps.Copy(added, meta)
	of.Added = added
	return context.WithValue(ctx, carried.Key{}, &of)
}

// WithoutMeta returns a context whose calls send no meta: none is passed on, and the option Meta is not asked.
func WithoutMeta(ctx context.Context) context.Context {
	of := carried.Of(ctx)
	of.Added, of.IsAlone = nil, true
	return context.WithValue(ctx, carried.Key{}, &of)
}
