package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"time"

	c "generated/conversation"
)

func now(result answer) func() answer { return func() answer { return result } }

// start begins a command, in the order of arrival, and gives what waits for its answer.
func (d *driver) start(given command) (func() answer, error) {
	switch given.Do {
	case "start":
		return d.spawn()
	case "call":
		return d.call(given)
	case "stream":
		return d.stream(given)
	case "wait", "cancel", "next", "break", "progress":
		open := d.open[given.As]
		if open == nil {
			return nil, fmt.Errorf("nothing is called %s", given.As)
		}
		return open.do(given)
	case "notify":
		return now(answer{}), d.notify(given)
	case "heard":
		return now(d.heard.answer()), nil
	case "lines":
		return now(d.lines.answer()), nil
	case "stderr":
		return now(d.stderr.answer()), nil
	case "line":
		return now(answer{}), d.client.SendLine(given.Text)
	case "ping":
		return d.ping, nil
	case "release":
		close(d.released)
		return now(answer{}), nil
	case "stop":
		return d.stop, nil
	default:
		return nil, fmt.Errorf("there is no command %s", given.Do)
	}
}

func (d *driver) spawn() (func() answer, error) {
	inputGrace, err := grace("INPUT_GRACE")
	if err != nil {
		return nil, err
	}
	termGrace, err := grace("TERM_GRACE")
	if err != nil {
		return nil, err
	}
	options := c.SpawnOptions{
		OnLine:     func(line string) { d.lines.add(line) },
		OnStderr:   func(line string) { d.stderr.add(line) },
		InputGrace: inputGrace,
		TermGrace:  termGrace,
	}
	if os.Getenv("ON_START") != "" {
		options.OnStart = d.prepare
	}
	client, err := c.Spawn(context.Background(), os.Args[1:], &host{heard: &d.heard}, options)
	if err != nil {
		return nil, err
	}
	d.client = client
	return now(answer{"pid": client.Pid()}), nil
}

// prepare is what comes before any other call, if the environment says so.
func (d *driver) prepare(ctx context.Context) error {
	child := c.ChildFrom(ctx)
	if err := child.Tell(c.TellParams{Text: "preparing"}); err != nil {
		return err
	}
	nested, err := child.Nest(ctx, c.NestParams{Depth: 3})
	if err != nil {
		return err
	}
	if os.Getenv("ON_START") == "fail" {
		return fmt.Errorf("on purpose, after %d", nested)
	}
	d.heard.add(fmt.Sprintf("nested %d", nested))
	<-d.released
	return child.Tell(c.TellParams{Text: "prepared"})
}

// grace is how long a stop waits at a step: the milliseconds that the environment says, or 0 for the default.
func grace(name string) (time.Duration, error) {
	value := os.Getenv(name)
	if value == "" {
		return 0, nil
	}
	milliseconds, err := strconv.Atoi(value)
	return time.Duration(milliseconds) * time.Millisecond, err
}

func (d *driver) ping() answer {
	if err := d.client.Ping(context.Background()); err != nil {
		return answer{"failed": err.Error()}
	}
	return answer{}
}

func (d *driver) stop() answer {
	report, err := d.client.Stop(context.Background())
	if err != nil {
		return answer{"failed": err.Error()}
	}
	if report.Signal != "" {
		return answer{"code": nil, "signal": report.Signal}
	}
	return answer{"code": report.Code, "signal": nil}
}

func (d *driver) notify(given command) error {
	switch given.Method {
	case "tell":
		params, err := read[c.TellParams](given)
		if err != nil {
			return err
		}
		return d.client.Tell(params)
	case "tellAndReport":
		params, err := read[c.TellAndReportParams](given)
		if err != nil {
			return err
		}
		return d.client.TellAndReport(params)
	default:
		return fmt.Errorf("there is no notification %s", given.Method)
	}
}

// read makes the typed params of a method, even those that do not fit: into a type without the methods of theirs, which
// would refuse them. JSON's names differ from Go's in nothing but the first letter.
func read[T any](given command) (T, error) {
	var params T
	into := reflect.ValueOf(&params)
	if of := into.Type().Elem(); of.Kind() == reflect.Struct {
		into = into.Convert(reflect.PointerTo(reflect.StructOf(reflect.VisibleFields(of))))
	}
	err := json.Unmarshal(given.Params, into.Interface())
	return params, err
}

// host is what the child may ask and tell.
type host struct{ heard *list }

func (*host) Nest(ctx context.Context, params c.HostNestParams) (int64, error) {
	if params.Depth == 0 {
		return 0, nil
	}
	depth, err := c.ChildFrom(ctx).Nest(ctx, c.NestParams{Depth: params.Depth - 1})
	return depth + 1, err
}

func (*host) Numbers(_ context.Context, params c.NumbersParams, send func(int64) error) (int64, error) {
	if params.To < 0 {
		return 0, &c.NumbersTooManyError{Data: c.Number{Value: 42}}
	}
	for n := range params.To {
		if err := send(n); err != nil {
			return 0, err
		}
	}
	return 1_000_000, nil
}

func (h *host) Log(_ context.Context, params c.LogParams) { h.heard.add(params.Text) }
