package simpleipc

import (
	"errors"
	"fmt"
)

// badParams is what a handler gives back whose params do not fit the contract.
type badParams struct{ fault *InvalidValueError }

func (e *badParams) Error() string {
	return "The params do not fit the contract: params" + e.fault.Path + " " + e.fault.Message
}

// BadParams makes the error that says that the params do not fit the contract.
func (in *incoming) BadParams(err error) error {
	var fault *InvalidValueError
	if errors.As(err, &fault) {
		return &badParams{fault}
	}
	return err
}

// AnswerNothing answers a call whose method has no result.
func (in *incoming) AnswerNothing() error {
	return in.Answer(func(w *writer) error {
		w.raw("null")
		return nil
	})
}

// Answer answers with a result. An error means that it does not fit the contract.
func (in *incoming) Answer(write func(w *writer) error) error {
	w := borrowWriter()
	defer returnWriter(w)
	beginResult(w, in.id)
	if err := write(w); err != nil {
		var fault *InvalidValueError
		if errors.As(err, &fault) {
			return &badResult{fault}
		}
		return err
	}
	endMessage(w)
	in.send(w)
	return nil
}

// badResult is a result that does not fit the contract.
type badResult struct{ fault *InvalidValueError }

func (e *badResult) Error() string {
	return "The result does not fit the contract: result" + e.fault.Path + " " + e.fault.Message
}

// fail answers with an error.
func (in *incoming) fail(err error) {
	code, message, data := describe(err)
	w := borrowWriter()
	defer returnWriter(w)
	writeError(w, in.id, code, message, data)
	in.send(w)
}

// send sends the answer that w holds, or what the protocol wants instead, unless the call is answered already.
func (in *incoming) send(w *writer) {
	limit := in.peer.maxMessageBytes
	in.mu.Lock()
	if in.state == isAnswered {
		in.mu.Unlock()
		return
	}
	in.state = isAnswered
	if in.cancelled {
		w.bytes = w.bytes[:0]
		writeError(w, in.id, CodeRequestCancelled, wasCancelled, nil)
	} else if len(w.bytes) > limit+1 {
		w.bytes = w.bytes[:0]
		text := fmt.Sprintf("The answer is larger than the limit of %d bytes", limit)
		writeError(w, in.id, CodeInternalError, text, []byte(`{"reason":"MESSAGE_TOO_LARGE"}`))
	}
	in.peer.output.append(w.bytes)
	in.tell()
	in.mu.Unlock()
	in.peer.answered(in, false)
	in.peer.output.waitForRoom()
}

// describe gives code, message and data for a failure. Only an error that the method declares goes out under its own
// code.
func describe(err error) (code int64, message string, data []byte) {
	var declared *declaredError
	if errors.As(err, &declared) {
		return describeDeclared(declared)
	}
	var params *badParams
	if errors.As(err, &params) {
		return CodeInvalidParams, params.Error(), issues(params.fault)
	}
	var result *badResult
	if errors.As(err, &result) {
		return CodeInternalError, result.Error(), issues(result.fault)
	}
	if failure, ok := err.(*Error); ok {
		switch failure.Kind {
		case KindMessageTooLarge:
			data = []byte(`{"reason":"MESSAGE_TOO_LARGE"}`)
		case KindInvalidItem:
			data = failure.Data
		}
		return CodeInternalError, failure.Message, data
	}
	return CodeInternalError, err.Error(), nil
}

func describeDeclared(declared *declaredError) (code int64, message string, data []byte) {
	if declared.Data == nil {
		return declared.Code, declared.Message, nil
	}
	w := writer{}
	err := declared.Data(&w)
	var fault *InvalidValueError
	if errors.As(err, &fault) {
		text := fmt.Sprintf("%s (its data%s %s)", declared.Message, fault.Path, fault.Message)
		return CodeInternalError, text, issues(fault)
	}
	if err != nil {
		return CodeInternalError, err.Error(), nil
	}
	return declared.Code, declared.Message, w.bytes
}
