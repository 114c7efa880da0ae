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
	return "The result does not fit the contract: result" + e.fault.Sentence()
}

func (e *badResult) failure(method string) *failure {
	text := "the result of " + method + " does not fit the contract: result" + e.fault.Sentence()
	return &failure{message: text, stack: text, cause: e.fault}
}

// fail answers with an error.
func (in *Incoming) fail(err error) { in.answerError(in.describe(err)) }

func (in *Incoming) answerError(code int64, message string, data []byte) {
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
	if !in.cancelled || in.isAnsweredIfCancelled() {
		in.peer.output.append(w.Out)
	}
	in.tell()
	in.mu.Unlock()
	in.peer.answered(in, false)
	in.peer.output.waitForRoom()
}

// describe returns code, message and data of an error. Only an error that the method declares is sent with its own
// code. What the handler is to blame for is reported as well.
func (in *Incoming) describe(err error) (code int64, message string, data []byte) {
	if declared, ok := Find[*DeclaredError](err); ok {
		return in.describeDeclared(declared)
	}
	if params, ok := err.(*badParams); ok {
		in.peer.violated(true, in.name+" was called with params that do not fit the contract: params"+params.fault.Sentence())
		return ipc.CodeInvalidParams, params.Error(), issues(params.fault)
	}
	if result, ok := err.(*badResult); ok {
		in.report(result.failure(in.name))
		return ipc.CodeInternalError, result.Error(), issues(result.fault)
	}
	why, ok := err.(*failure)
	if !ok {
		why = returned(err)
	}
	if failure, ok := err.(*ipc.Error); ok && failure != nil {
		switch failure.Kind {
		case ipc.KindMessageTooLarge:
			data = []byte(`{"reason":"MESSAGE_TOO_LARGE"}`)
		case ipc.KindInvalidItem:
			data = failure.Data
		}
		// Its code is that of another call.
		why.message = failure.Message
	}
	in.report(why)
	if data == nil && in.peer.options.Debug {
		data = stackData(why.stack)
	}
	return ipc.CodeInternalError, why.message, data
}

// report reports a failure, unless the caller no longer wants the answer or the session has ended under the handler.
func (in *Incoming) report(why *failure) {
	in.mu.Lock()
	isOver := in.isOver()
	in.mu.Unlock()
	if isOver && !why.isPanic || in.peer.isEnding() && isEndOfSession(why.cause) {
		return
	}
	in.peer.failed(in.name, why)
}

// isEndOfSession reports whether a handler has failed because its own call did when the session ended.
func isEndOfSession(err error) bool {
	failure, ok := Find[*ipc.Error](err)
	if !ok {
		return false
	}
	switch failure.Kind {
	case ipc.KindHostClosed, ipc.KindStopped, ipc.KindWorkerExited:
		return true
	default:
		return false
	}
}

func stackData(stack string) []byte {
	w := jsontree.Writer{}
	w.Raw(`{"stack":`)
	w.Quoted(stack)
	w.Raw(`}`)
	return w.Out
}

func (in *Incoming) describeDeclared(declared *DeclaredError) (code int64, message string, data []byte) {
	if declared.Data == nil {
		return declared.Code, declared.Message, nil
	}
	w := jsontree.Writer{}
	err := declared.Data(&w)
	if err == nil {
		return declared.Code, declared.Message, w.Out
	}
	why := returned(err)
	if fault, ok := Find[*ipc.InvalidValueError](err); ok {
		why.message = fmt.Sprintf("%s (its data%s)", declared.Message, fault.Sentence())
		data = issues(fault)
	}
	in.report(why)
	return ipc.CodeInternalError, why.message, data
}
