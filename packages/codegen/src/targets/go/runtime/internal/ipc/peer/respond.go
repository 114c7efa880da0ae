package peer

import (
	"errors"
	"fmt"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/wire"
	"simpleipc/ipc"
)

// badParams is the error for params that do not match the contract.
type badParams struct{ fault *ipc.InvalidValueError }

func (e *badParams) Error() string {
	return "The params do not fit the contract: params" + e.fault.Path + " " + e.fault.Message
}

// BadParams returns the error for params that do not match the contract.
func (in *Incoming) BadParams(err error) error {
	var fault *ipc.InvalidValueError
	if errors.As(err, &fault) {
		return &badParams{fault}
	}
	return err
}

// AnswerNothing answers a call whose method has no result.
func (in *Incoming) AnswerNothing() error {
	return in.Answer(func(w *jsontree.Writer) error {
		w.Null()
		return nil
	})
}

// Answer answers with a result. It returns an error if the result does not match the contract.
func (in *Incoming) Answer(write func(w *jsontree.Writer) error) error {
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	wire.BeginResult(w, in.id)
	if err := write(w); err != nil {
		var fault *ipc.InvalidValueError
		if errors.As(err, &fault) {
			return &badResult{fault}
		}
		return err
	}
	wire.EndMessage(w)
	in.send(w)
	return nil
}

// badResult is the error for a result that does not match the contract.
type badResult struct{ fault *ipc.InvalidValueError }

func (e *badResult) Error() string {
	return "The result does not fit the contract: result" + e.fault.Path + " " + e.fault.Message
}

// fail answers with an error.
func (in *Incoming) fail(err error) {
	code, message, data := describe(err)
	w := wire.BorrowWriter()
	defer wire.ReturnWriter(w)
	wire.WriteError(w, in.id, code, message, data)
	in.send(w)
}

// send sends the answer in w, or one that the protocol requires instead, unless the call is already answered.
func (in *Incoming) send(w *jsontree.Writer) {
	limit := in.peer.options.MaxMessageBytes
	in.mu.Lock()
	if in.state == isAnswered {
		in.mu.Unlock()
		return
	}
	in.state = isAnswered
	if in.cancelled {
		w.Reset()
		wire.WriteError(w, in.id, ipc.CodeRequestCancelled, wasCancelled, nil)
	} else if len(w.Out) > limit+1 {
		w.Reset()
		text := fmt.Sprintf("The answer is larger than the limit of %d bytes", limit)
		wire.WriteError(w, in.id, ipc.CodeInternalError, text, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	}
	in.peer.output.append(w.Out)
	in.tell()
	in.mu.Unlock()
	in.peer.answered(in, false)
	in.peer.output.waitForRoom()
}

// describe returns code, message and data of an error. Only an error that the method declares is sent with its own
// code.
func describe(err error) (code int64, message string, data []byte) {
	var declared *DeclaredError
	if errors.As(err, &declared) {
		return describeDeclared(declared)
	}
	var params *badParams
	if errors.As(err, &params) {
		return ipc.CodeInvalidParams, params.Error(), issues(params.fault)
	}
	var result *badResult
	if errors.As(err, &result) {
		return ipc.CodeInternalError, result.Error(), issues(result.fault)
	}
	if failure, ok := err.(*ipc.Error); ok {
		switch failure.Kind {
		case ipc.KindMessageTooLarge:
			data = []byte(`{"reason":"MESSAGE_TOO_LARGE"}`)
		case ipc.KindInvalidItem:
			data = failure.Data
		}
		return ipc.CodeInternalError, failure.Message, data
	}
	return ipc.CodeInternalError, err.Error(), nil
}

func describeDeclared(declared *DeclaredError) (code int64, message string, data []byte) {
	if declared.Data == nil {
		return declared.Code, declared.Message, nil
	}
	w := jsontree.Writer{}
	err := declared.Data(&w)
	var fault *ipc.InvalidValueError
	if errors.As(err, &fault) {
		text := fmt.Sprintf("%s (its data%s %s)", declared.Message, fault.Path, fault.Message)
		return ipc.CodeInternalError, text, issues(fault)
	}
	if err != nil {
		return ipc.CodeInternalError, err.Error(), nil
	}
	return declared.Code, declared.Message, w.Out
}
