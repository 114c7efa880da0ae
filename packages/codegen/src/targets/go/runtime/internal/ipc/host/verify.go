package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"simpleipc/internal/ipc/compare"
	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

// patience is how long to wait for an answer before saying so.
const patience = 5 * time.Second

// prepare makes the program ready for calls, which wait for it.
func (w *worker) prepare() {
	defer w.peer.SendHeld()
	if (!w.isAsked() || w.verify()) && w.options.OnStart != nil {
		w.onStart()
	}
}

// isAsked reports whether the program is asked for its contract: those of others do not know the request.
func (w *worker) isAsked() bool { return !w.options.SkipVerification && w.contract.Foreign == nil }

// verify asks the program for its contract, and reports whether it may be called. A program that does not know the
// request is accepted as it is.
func (w *worker) verify() bool {
	timer := time.AfterFunc(patience, func() {
		fmt.Fprintf(os.Stderr, "simple-ipc: still waiting for the other side of '%s' to say which contract it has (rpc.contract). "+
			"Set SkipVerification for a program that does not answer unknown requests.\n", w.contract.Name)
	})
	defer timer.Stop()
	ctx := context.Background()
	if limit := w.options.StartTimeout; limit > 0 && !w.peer.IsDebugged() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	hash := ""
	var err error
	asked := w.peer.Call(ctx, "rpc.contract", nil, func(theirs *jsontree.Node) error {
		hash = textOf(theirs.Find("hash"))
		if protocol := theirs.Find("protocol"); protocol != nil && !protocol.Is(peer.ProtocolVersion) {
			err = protocolMismatch(protocol)
		}
		return nil
	}, nil, nil)
	if asked != nil {
		err = asked
	}
	if err == nil && hash != "" && hash != w.contract.Hash {
		err = w.compare(ctx)
	}
	var failure *ipc.Error
	if err == nil || !errors.As(err, &failure) {
		return true
	}
	switch failure.Kind {
	case ipc.KindTimeout:
		report := w.Report()
		w.giveUp(func(method string) error {
			text := fmt.Sprintf("%s was not answered: no answer came within the StartTimeout of %s\n%s", method, w.options.StartTimeout, report)
			return &ipc.Error{Kind: ipc.KindStartTimeout, Method: method, Message: text, Exit: report}
		})
	case ipc.KindContractMismatch:
		w.giveUp(func(string) error { return failure })
	}
	return failure.Kind == ipc.KindRemote
}

// onStart lets the user's code prepare the program.
func (w *worker) onStart() {
	timer := time.AfterFunc(patience, func() {
		if count := w.peer.HeldCalls(); count > 0 {
			fmt.Fprintf(os.Stderr, "simple-ipc: OnStart of '%s' has not returned yet, and %d calls wait for it. "+
				"The calls of OnStart itself must be made with its context.\n", w.contract.Name, count)
		}
	})
	defer timer.Stop()
	ctx := w.peer.BeginStart()
	// In a goroutine of its own, which it may end.
	done := make(chan error, 1)
	go func() {
		err := errors.New("it has ended its goroutine (runtime.Goexit)")
		defer func() { done <- err }()
		err = w.peer.Try("OnStart", func() error { return w.options.OnStart(ctx) })
	}()
	err := <-done
	if err == nil {
		return
	}
	w.giveUp(func(method string) error {
		text := fmt.Sprintf("%s was not sent: the start has failed: OnStart: %s", method, peer.TextOf(err))
		return &ipc.Error{Kind: ipc.KindStartFailed, Method: method, Message: text, Cause: err}
	})
}

// giveUp ends the session, and stops the program.
func (w *worker) giveUp(refusal func(method string) error) {
	w.peer.FailNow(refusal)
	go func() { _ = w.Close() }()
}

// compare fetches the program's contract and reports the differences.
func (w *worker) compare(ctx context.Context) error {
	var differences []string
	var name, version string
	err := w.peer.Call(ctx, "rpc.discover", nil, func(theirs *jsontree.Node) error {
		ours, err := jsontree.Parse([]byte(w.contract.OpenRPC))
		if err == nil {
			differences = compare.BreakingDifferences(ours, theirs)
		}
		if info := theirs.Find("info"); info != nil {
			name, version = textOf(info.Find("title")), textOf(info.Find("version"))
		}
		return nil
	}, nil, nil)
	if err != nil || len(differences) == 0 {
		return err
	}
	return contractMismatch(w.contract, name, version, differences)
}

func textOf(node *jsontree.Node) string {
	if node == nil || node.Kind != jsontree.String {
		return ""
	}
	return node.CloneText()
}
