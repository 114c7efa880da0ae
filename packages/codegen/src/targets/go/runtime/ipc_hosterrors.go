package simpleipc

import "fmt"

func workerExited(method, what, how string, report *ExitReport) error {
	return &Error{Kind: KindWorkerExited, Message: method + " " + what + ": " + how + report.String(), Exit: report}
}

func contractMismatch(name string, differences []string) *Error {
	text := fmt.Sprintf("The other side's contract ‘%s’ does not match ours:", name)
	for _, difference := range differences {
		text += "\n  - " + difference
	}
	text += "\nGenerate its code again from this contract, or set SkipVerification to go on at your own risk"
	return &Error{Kind: KindContractMismatch, Message: text}
}
