// Package child serves the host over stdin and stdout of this program.
package child

import (
	"cmp"
	"context"
	"runtime"
	"sync"
	"syscall"
	"time"

	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

const (
	// lookEvery is how often a child whose input has ended checks whether anybody still reads its output.
	lookEvery = 250 * time.Millisecond
	// lastGrace is how long handlers have when nobody is left to answer.
	lastGrace = 250 * time.Millisecond
)

// child connects a peer with this program's stdin and stdout.
type child struct {
	peer  *peer.Peer
	sink  *descriptor
	ended chan struct{} // the input has ended, and everything is answered
	given chan struct{} // nobody reads the output
	end   sync.Once
	lost  sync.Once
}

// Serve answers the host until it closes the input and everything is answered. If the host is gone or the context ends
// before, it returns an error; handlers that do not end when they are cancelled are left behind.
func Serve(ctx context.Context, contract peer.Contract, handlers peer.Handlers, given []ipc.ServeOptions) error {
	options, err := peer.OneOf("Serve", given)
	if err := cmp.Or(
		err,
		handlers.Check("Serve"),
		peer.CheckNotNegative("ServeOptions.MaxMessageBytes", options.MaxMessageBytes),
		peer.CheckNotNegative("ServeOptions.MaxQueuedBytes", options.MaxQueuedBytes),
	); err != nil {
		return err
	}
	source, sink, err := takeStdio()
	if err != nil {
		return err
	}
	keepPipeErrors()
	c := &child{sink: sink, ended: make(chan struct{}), given: make(chan struct{})}
	p := peer.New(contract, handlers, peer.Options{
		Context:         ctx,
		MaxMessageBytes: options.MaxMessageBytes,
		MaxQueuedBytes:  options.MaxQueuedBytes,
		Meta:            options.Meta,
		Debug:           options.Debug,
		OnError:         options.OnError,
		OnProtocolError: options.OnProtocolError,
		OnLine:          options.OnLine,
		OnIdle:          func() { c.end.Do(func() { close(c.ended) }) },
	})
	c.peer = p
	p.Connect(func(bytes []byte) error {
		_, err := sink.Write(bytes)
		return err
	}, c.giveUp)
	defer p.End()
	if options.OnStart != nil {
		if err := options.OnStart(p.Context()); err != nil {
			return err
		}
	}
	go c.read(source)
	select {
	case <-c.given:
		return c.hostGone()
	case <-ctx.Done():
		return c.stopped(ctx)
	case <-c.ended:
	}
	p.FinishOutput()
	if p.IsCutOff() {
		return c.hostGone()
	}
	return nil
}

// stopped answers what is open, and returns why the context has ended.
func (c *child) stopped(ctx context.Context) error {
	c.peer.ShutDown()
	c.endHandlers()
	written := make(chan struct{})
	go func() {
		defer close(written)
		c.peer.FinishOutput()
	}()
	select {
	case <-written:
	case <-time.After(lastGrace):
	}
	return context.Cause(ctx)
}

// endHandlers cancels the handlers, and gives them a moment.
func (c *child) endHandlers() {
	c.peer.CancelEverything()
	deadline := time.Now().Add(lastGrace)
	for c.peer.IsRunning() && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
}

// hostGone returns the error of Serve when nobody is left to answer.
func (c *child) hostGone() error {
	c.endHandlers()
	return &ipc.Error{Kind: ipc.KindHostClosed, Message: "the host is gone: nobody reads the output any more", Cause: syscall.EPIPE}
}

// read is the goroutine that reads. It never waits for a write, nor for a handler.
func (c *child) read(source *descriptor) {
	buffer := make([]byte, peer.ReadBytes)
	for {
		n, err := source.Read(buffer)
		if n > 0 {
			c.peer.Receive(buffer[:n])
			// Handlers go first: a read that blocks would keep the processor from them for a while.
			runtime.Gosched()
		}
		if err != nil || n == 0 {
			break
		}
	}
	c.peer.EndOfInput(hostClosed, hostClosed)
	for c.peer.IsBusy() && c.hasReader() {
		time.Sleep(lookEvery)
	}
	if c.peer.IsBusy() {
		c.giveUp()
	}
}

// giveUp ends Serve because nobody is left to answer.
func (c *child) giveUp() {
	c.lost.Do(func() { close(c.given) })
}

func hostClosed(method string) error {
	return &ipc.Error{Kind: ipc.KindHostClosed, Method: method, Message: method + " was not answered: the host closed the connection"}
}
