// Package ipc is the folder of what generated code is made of. None of it is for users, and Go lets only what lies in the
// output folder import it: what users name is in the package ipc beside the contracts.
//
// From low to high, each imports only those before it:
//
//	printable   texts from outside, safe to show
//	../../ipc   what users name: errors, options, reports, streams, the manual
//	jsontree    JSON as a tree, and what codecs are made of
//	wire        lines, ids, the texts of messages, windows of streams
//	compare     the differences of two contracts
//	process     groups, the watchdog, why a start failed
//	peer        calls in both directions
//	child       Serve: this program's own stdin and stdout
//	host        Spawn: a program that was started
package ipc
