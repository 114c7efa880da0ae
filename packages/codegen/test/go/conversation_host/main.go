// Command conversation_host is the host of the conversation table: it does what it is told, one JSON line each. Its
// arguments are the child's command.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"sync"

	c "generated/conversation"
)

type command struct {
	N       int             `json:"n"`
	Do      string          `json:"do"`
	As      string          `json:"as"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Timeout int             `json:"timeout"`
	Items   int             `json:"items"`
	Text    string          `json:"text"`
}

// answer is what a command comes to, beside its number.
type answer map[string]any

type driver struct {
	client *c.ChildClient
	open   map[string]*openCall
	heard  list
	lines  list
	stderr list
	// released lets the preparation of the child go on.
	released chan struct{}

	writing sync.Mutex
}

// list is filled by one goroutine and read by others.
type list struct {
	mu     sync.Mutex
	values []any
}

func (l *list) add(value any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.values = append(l.values, value)
}

func (l *list) answer() answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return answer{"values": append([]any{}, l.values...)}
}

func main() {
	d := &driver{open: map[string]*openCall{}, released: make(chan struct{})}
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if len(line) > 0 {
			d.take(line)
		}
		if err != nil {
			break
		}
	}
	if d.client != nil {
		if err := d.client.Close(); err != nil {
			log.Fatal(err)
		}
	}
}

// take starts a command. Those that wait do so in a goroutine of their own.
func (d *driver) take(line []byte) {
	var given command
	if err := json.Unmarshal(line, &given); err != nil {
		log.Fatal(err)
	}
	wait, err := d.start(given)
	if err != nil {
		d.write(given.N, answer{"failed": err.Error()})
		return
	}
	go func() { d.write(given.N, wait()) }()
}

func (d *driver) write(n int, result answer) {
	full := answer{"n": n}
	maps.Copy(full, result)
	text, err := json.Marshal(full)
	if err != nil {
		text = fmt.Appendf(nil, `{"n":%d,"failed":%q}`, n, err)
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if _, err := os.Stdout.Write(append(text, '\n')); err != nil && err != io.ErrClosedPipe {
		log.Fatal(err)
	}
}
