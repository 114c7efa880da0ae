package simpleipc

import (
	"os"
	"runtime"
	"sync"
	"time"
)

const (
	// lookEvery is how often a child whose input has ended looks whether somebody still reads its output.
	lookEvery = 250 * time.Millisecond
	// lastGrace is what handlers get when nobody is left to answer.
	lastGrace = 250 * time.Millisecond
)

// child joins a peer with this program's stdin and stdout.
type child struct {
	peer  *peer
	sink  *descriptor
	ended chan struct{}
	end   sync.Once
	lost  sync.Once
}

// runChild answers the host until it closes our input and everything is answered. It does not return when the host is
// gone: it ends the program.
func runChild(
	contract contractInfo,
	methods map[string]*method,
	notifications map[string]*notification,
	options ServeOptions,
	onStart func(p *peer),
) error {
	source, sink, err := takeStdio()
	if err != nil {
		return err
	}
	keepPipeErrors()
	c := &child{sink: sink, ended: make(chan struct{})}
	p := newPeer(contract, methods, notifications)
	c.peer = p
	p.onLine = options.OnLine
	p.maxMessageBytes = orDefault(options.MaxMessageBytes, defaultMaxMessageBytes)
	p.maxQueuedBytes = orDefault(options.MaxQueuedBytes, defaultMaxQueuedBytes)
	p.debug = options.Debug
	p.onIdle = func() { c.end.Do(func() { close(c.ended) }) }
	p.connect(func(bytes []byte) error {
		_, err := sink.Write(bytes)
		return err
	}, c.giveUp)
	if onStart != nil {
		onStart(p)
	}
	go c.read(source)
	<-c.ended
	p.output.finish()
	if p.output.isClosed() {
		os.Exit(1)
	}
	p.end()
	return nil
}

// read is the goroutine that reads. It never waits for a write, nor for a handler.
func (c *child) read(source *descriptor) {
	buffer := make([]byte, readBytes)
	for {
		n, err := source.Read(buffer)
		if n > 0 {
			c.peer.receive(buffer[:n])
			// Handlers go first: a read that has to wait would keep this processor from them for a while.
			runtime.Gosched()
		}
		if err != nil || n == 0 {
			break
		}
	}
	c.peer.endOfInput(hostClosed)
	for c.peer.isBusy() && c.hasReader() {
		time.Sleep(lookEvery)
	}
	if c.peer.isBusy() {
		c.giveUp()
	}
}

// giveUp ends the program because nobody is left to answer. Handlers are told to end and get a moment.
func (c *child) giveUp() {
	c.lost.Do(func() {
		go func() {
			c.peer.cancelEverything()
			time.Sleep(lastGrace)
			os.Exit(1)
		}()
	})
}

func hostClosed(method string) error {
	return &Error{Kind: KindHostClosed, Message: method + " was not answered: the host closed the connection"}
}
