package host

import (
	"fmt"
	"strings"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/printable"
	"simpleipc/ipc"
)

// workerExited returns the error of a call whose program has exited. The cause is what Wait has returned, if anything.
func workerExited(method, what, how string, report *ipc.ExitReport, cause error) error {
	text := method + " " + what + ": " + how + report.String()
	return &ipc.Error{Kind: ipc.KindWorkerExited, Method: method, Message: text, Exit: report, Cause: cause}
}

// contractMismatch names both contracts, and the generated file of ours; the other side may say anything of its own.
func contractMismatch(ours peer.Contract, name, version string, differences []string) *ipc.Error {
	file := ours.File
	if file != "" {
		file = " (" + file + ")"
	}
	text := fmt.Sprintf("The other side's contract%s does not match ours,%s%s:",
		shownContract(name, version), shownContract(ours.Name, ours.Version), file)
	for _, difference := range differences {
		text += "\n  - " + printable.Text(difference, printable.Longest)
	}
	text += "\n"
	if name != "" && name != ours.Name {
		text += "These are two contracts: check which generated file the other side loads. "
	}
	text += "Generate its code again from this contract, or set SkipVerification to continue at your own risk"
	return &ipc.Error{Kind: ipc.KindContractMismatch, Message: text}
}

// protocolMismatch returns the error for a program that speaks another version of the protocol.
func protocolMismatch(theirs *jsontree.Node) *ipc.Error {
	text := fmt.Sprintf("The other side speaks version %.100s of the simple-ipc protocol, this side version %d: "+
		"generate the code of both with the same simple-ipc, and start them again", theirs.JSON(), peer.ProtocolVersion)
	return &ipc.Error{Kind: ipc.KindContractMismatch, Message: text}
}

// shownContract is a contract's name and version, each in one line.
func shownContract(name, version string) string {
	if name == "" {
		return ""
	}
	shown := " '" + oneLine(name) + "'"
	if version != "" {
		shown += " " + oneLine(version)
	}
	return shown
}

func oneLine(text string) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	return printable.Text(string(line[:min(len(line), 200)]), printable.Longest)
}
