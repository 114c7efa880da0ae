package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"simpleipc/internal/ipc/compare"
	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

// patience is how long to wait for an answer before saying so.
const patience = 5 * time.Second

// verify asks the program for its contract before the first call. A program that does not know the request is accepted
// as it is.
func (w *worker) verify() {
	defer w.peer.SendHeld()
	timer := time.AfterFunc(patience, func() {
		fmt.Fprintf(os.Stderr, "simple-ipc: still waiting for the other side of '%s' to say which contract it has (rpc.contract). "+
			"Set SkipVerification for a program that does not answer unknown requests.\n", w.contract.Name)
	})
	defer timer.Stop()
	ctx := context.Background()
	if limit := w.options.StartTimeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	hash := ""
	err := w.peer.Call(ctx, "rpc.contract", nil, func(theirs *jsontree.Node) error {
		hash = textOf(theirs.Find("hash"))
		return nil
	}, nil, nil)
	if err == nil && hash != "" && hash != w.contract.Hash {
		err = w.compare(ctx)
	}
	var failure *ipc.Error
	switch {
	case err == nil, !errors.As(err, &failure):
	case failure.Kind == ipc.KindTimeout:
		report := w.Report()
		w.giveUp(func(method string) error {
			text := fmt.Sprintf("%s was not answered: no answer came within the StartTimeout of %s\n%s", method, w.options.StartTimeout, report)
			return &ipc.Error{Kind: ipc.KindStartTimeout, Message: text, Exit: report}
		})
	case failure.Kind == ipc.KindContractMismatch:
		w.giveUp(func(string) error { return failure })
	}
}

// giveUp ends the session, and stops the program.
func (w *worker) giveUp(refusal func(method string) error) {
	w.peer.FailNow(refusal)
	go func() { _, _ = w.Stop() }()
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
