// Package carried is how contexts know of meta: what the message that is handled has brought, and what calls send instead
// of it. Programs see it through package ipc.
package carried

import "context"

// Key is the key under which a context has a Message, or an *Outgoing that was made of one.
type Key struct{}

// Message is a request or a notification that is handled.
type Message interface {
	Meta() map[string]string
	For() (call int64, ok bool)
}

// Outgoing is what calls with a context send.
type Outgoing struct {
	Message Message           // that is handled; nil: none
	Added   map[string]string // more than what is passed on
	IsAlone bool              // only what is added is sent
}

// Of returns what a context says.
func Of(ctx context.Context) Outgoing {
	switch found := ctx.Value(Key{}).(type) {
	case *Outgoing:
		return *found
	case Message:
		return Outgoing{Message: found}
	default:
		return Outgoing{}
	}
}
