package host

import (
	"fmt"

	"simpleipc/ipc"
)

func workerExited(method, what, how string, report *ipc.ExitReport) error {
	return &ipc.Error{Kind: ipc.KindWorkerExited, Message: method + " " + what + ": " + how + report.String(), Exit: report}
}

func contractMismatch(name string, differences []string) *ipc.Error {
	text := fmt.Sprintf("The other side's contract '%s' does not match ours:", name)
	for _, difference := range differences {
		text += "\n  - " + difference
	}
	text += "\nGenerate its code again from this contract, or set SkipVerification to continue at your own risk"
	return &ipc.Error{Kind: ipc.KindContractMismatch, Message: text}
}
