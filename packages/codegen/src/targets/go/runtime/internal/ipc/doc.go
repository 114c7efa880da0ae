// Package ipc has no code. It documents the packages below it, of which generated code is made. They are not for users:
// Go lets only code in the output folder import them. What users name is in the package ipc next to the contracts.
//
// From low to high, each imports only those before it:
//
//	printable   untrusted text, safe to show
//	carried     how contexts know of meta
//	../../ipc   what users name: errors, options, reports, streams, the manual
//	jsontree    JSON as a tree, and what codecs are made of
//	wire        lines, ids, messages, flow control of streams
//	compare     the differences of two contracts
//	process     process groups, the watchdog, why a start failed
//	peer        calls in both directions
//	child       Serve: this program's own stdin and stdout
//	host        Spawn: a program that was started
package ipc
