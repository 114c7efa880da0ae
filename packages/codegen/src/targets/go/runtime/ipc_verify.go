package simpleipc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// patience is how long nothing is said about an answer that does not come.
const patience = 5 * time.Second

// verify asks the program for its contract before the first call. A program that does not know the question is taken as
// it is.
func (w *Worker) verify() {
	defer w.peer.sendHeld()
	timer := time.AfterFunc(patience, func() {
		fmt.Fprintf(os.Stderr, "simple-ipc: still waiting for the other side of ‘%s’ to say which contract it has (rpc.contract). "+
			"Set SkipVerification for a program that does not answer unknown requests.\n", w.peer.contract.name)
	})
	defer timer.Stop()
	ctx := context.Background()
	if limit := w.options.StartTimeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	hash := ""
	err := w.peer.start(ctx, "rpc.contract", nil, nil, nil).finish(func(theirs *node) error {
		if text := theirs.Find("hash"); text != nil && text.kind == aString {
			hash = text.text()
		}
		return nil
	})
	if err == nil && hash != "" && hash != w.peer.contract.hash {
		err = w.compare(ctx)
	}
	var failure *Error
	switch {
	case err == nil, !errors.As(err, &failure):
	case failure.Kind == KindTimeout:
		report := w.Report()
		w.giveUp(func(method string) error {
			text := fmt.Sprintf("%s was not answered: no answer came within the StartTimeout of %s\n%s", method, w.options.StartTimeout, report)
			return &Error{Kind: KindStartTimeout, Message: text, Exit: report}
		})
	case failure.Kind == KindContractMismatch:
		w.giveUp(func(string) error { return failure })
	}
}

// giveUp ends the session for a reason of its own, and the program with it.
func (w *Worker) giveUp(refusal func(method string) error) {
	w.fail(refusal)
	go func() { _, _ = w.Stop() }()
}

// compare fetches the program's contract and says what does not fit.
func (w *Worker) compare(ctx context.Context) error {
	var differences []string
	err := w.peer.start(ctx, "rpc.discover", nil, nil, nil).finish(func(theirs *node) error {
		ours, err := parse([]byte(w.peer.contract.openrpc))
		if err == nil {
			differences = breakingDifferences(ours, theirs)
		}
		return nil
	})
	if err != nil || len(differences) == 0 {
		return err
	}
	return contractMismatch(w.peer.contract.name, differences)
}
