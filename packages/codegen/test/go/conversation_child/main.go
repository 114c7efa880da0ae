// Command conversation_child is the child of the conversation table: it answers every kind of call.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	c "generated/conversation"
)

type child struct {
	mu      sync.Mutex
	told    []string
	counted atomic.Int64
}

func main() {
	if err := c.Serve(context.Background(), &child{}); err != nil {
		log.Fatal(err)
	}
}

func (*child) Add(_ context.Context, params c.AddParams) (float64, error) {
	return params.Item0 + params.Item1, nil
}

func (*child) Echo(_ context.Context, params c.EchoParams) (string, error) { return params.Text, nil }

func (*child) Nothing(context.Context) error { return nil }

func (*child) Fail(_ context.Context, params c.FailParams) (int64, error) {
	switch params.How {
	case c.FailParamsHowDeclared:
		return 0, &c.FailDeclaredError{Message: "as declared", Data: c.Number{Value: 1.5}}
	case c.FailParamsHowBare:
		return 0, &c.FailBareError{}
	case c.FailParamsHowResult:
		return 1 << 60, nil
	default:
		panic("crashed on purpose")
	}
}

func (h *child) Count(
	ctx context.Context,
	params c.CountParams,
	send func(c.CountItem) error,
	progress func(int64) error,
) (int64, error) {
	defer sayEnd(ctx, "count")
	size := int64(0)
	if params.Size != nil {
		size = *params.Size
	}
	fill := strings.Repeat("x", int(size))
	for n := range params.To {
		if params.FailAt != nil && n == *params.FailAt {
			return 0, &c.CountHaltedError{Message: "halted", Data: c.Number{Value: float64(n)}}
		}
		if n%100 == 0 {
			if err := progress(n); err != nil {
				return 0, err
			}
		}
		h.counted.Add(1)
		if err := send(c.CountItem{N: n, Fill: fill}); err != nil {
			return 0, err
		}
	}
	return params.To, nil
}

func (h *child) Counted(context.Context) (int64, error) { return h.counted.Load(), nil }

func (*child) Fill(_ context.Context, params c.FillParams) (string, error) {
	return strings.Repeat("x", int(params.Size)), nil
}

func (*child) Slow(ctx context.Context, params c.SlowParams) (bool, error) {
	defer sayEnd(ctx, "slow")
	timer := time.NewTimer(time.Duration(params.Seconds * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return false, nil
}

// sayEnd tells the host that a handler has ended, and whether because it was cancelled.
func sayEnd(ctx context.Context, name string) {
	text := fmt.Sprintf("%s ended, cancelled %t", name, ctx.Err() != nil)
	if err := c.HostFrom(ctx).Log(c.LogParams{Text: text}); err != nil {
		log.Print(err)
	}
}

func (*child) Nest(ctx context.Context, params c.NestParams) (int64, error) {
	if params.Depth == 0 {
		return 0, nil
	}
	depth, err := c.HostFrom(ctx).Nest(ctx, c.HostNestParams{Depth: params.Depth - 1})
	return depth + 1, err
}

func (*child) Later(_ context.Context, params c.Number) (float64, error) {
	time.Sleep(10 * time.Millisecond)
	return params.Value * 2, nil
}

func (*child) LaterCount(_ context.Context, params c.LaterCountParams, send func(int64) error) (int64, error) {
	for n := range params.To {
		if n%50 == 0 {
			time.Sleep(time.Millisecond)
		}
		if err := send(n); err != nil {
			return 0, err
		}
	}
	return params.To, nil
}

func (*child) Noise(context.Context) error {
	fmt.Println(`{"jsonrpc":"2.0","id":1,"result":"from print"}`)
	echo := exec.Command("echo", "from a subprocess")
	echo.Stdout = os.Stdout
	if err := echo.Run(); err != nil {
		return err
	}
	_, err := os.NewFile(1, "descriptor 1").WriteString("from below\n")
	return err
}

func (*child) Say(ctx context.Context, params c.SayParams) error {
	return c.HostFrom(ctx).SendLine(params.Text)
}

func (*child) Stubborn(_ context.Context, params c.StubbornParams) (bool, error) {
	if params.Deaf {
		signal.Ignore(syscall.SIGTERM)
	}
	fmt.Fprintln(os.Stderr, "stubborn")
	time.Sleep(time.Duration(params.Seconds * float64(time.Second)))
	return true, nil
}

func (*child) Quit(_ context.Context, params c.QuitParams) error {
	fmt.Fprintln(os.Stderr, params.Text)
	os.Exit(int(params.Code))
	return nil
}

func (h *child) Told(context.Context) ([]string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.told...), nil
}

func (*child) Sum(ctx context.Context, params c.SumParams) (int64, error) {
	numbers := c.HostFrom(ctx).Numbers(ctx, c.NumbersParams(params))
	total := int64(0)
	for numbers.Next() {
		total += numbers.Item()
	}
	result, err := numbers.Result()
	var tooMany *c.NumbersTooManyError
	if errors.As(err, &tooMany) {
		return int64(tooMany.Data.Value), nil
	}
	return total + result, err
}

func (h *child) Tell(_ context.Context, params c.TellParams) { h.note(params.Text) }

func (h *child) TellAndReport(_ context.Context, params c.TellAndReportParams) { h.note(params.Text) }

func (h *child) note(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = append(h.told, text)
}
