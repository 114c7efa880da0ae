// Package ipc has what every contract's package takes and gives: errors, options, reports, streams. This page is the
// manual of the contracts' packages, by which a program and the program that started it call each other, typed by one
// contract, over nothing but stdin and stdout. The examples are those of a contract called profiler.
//
// # A child
//
// A child implements Handlers and calls Serve:
//
//	func main() {
//		if err := profiler.Serve(&child{}, ipc.ServeOptions{}); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// Serve owns stdin and stdout: descriptor 1 leads to stderr from then on, so that a print, a library's banner or a
// subprocess neither harms the messages nor vanishes. It returns when the host has closed the input and everything is
// answered, and ends the program with code 1 when the host is gone.
//
// Handlers start in the order in which calls arrive. Each call has a goroutine of its own as soon as it takes long or
// waits, so handlers guard what they share, as those of net/http do. A call's context ends when the caller no longer
// wants the answer, or is gone. Whatever a handler returns after that is not sent.
//
// The handler of a notification runs to its end before anything that came after it is handled. While it waits for a call
// that it makes with its context, others go on.
//
// A handler that returns one of the contract's errors answers with that; any other error, and a panic, is answered with
// its text.
//
// A stream's handler sends its items with send, which waits while the reader is behind, and fails when the call is
// cancelled. Progress never waits; what finds the way full is left out.
//
// HostFrom gives the way to the host from the context of a handler. Handlers with a method Started(host *Host) are given
// it before the first message.
//
// # A host
//
// A host starts the child with Spawn and calls its methods:
//
//	client, err := profiler.Spawn([]string{"./child"}, handlers, ipc.SpawnOptions{})
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//
// Every call takes a context. When that ends, the call fails at once and is cancelled in the child; its deadline is the
// call's timeout. There is no other.
//
// The first call waits until the child has said which contract it has. If that does not fit, every call fails with
// KindContractMismatch, which names what differs.
//
// The child runs in a session and process group of its own. Stop, or Close, closes its input, then sends SIGTERM, then
// SIGKILL, to the whole group. When the child ends, what it has left in its group is killed. When the host ends, however
// it does, a watchdog process kills the group within two seconds.
//
// The child's stderr is passed on to this program's; SpawnOptions say otherwise. Lines of its stdout that are no messages
// go to SpawnOptions.OnLine.
//
// # Streams
//
// A method that is a stream gives a Stream: its items and its result. Items that nobody reads stay in the child, but for
// a window of 256 or 1 MiB.
//
// # Errors
//
// Every failed call, of whatever contract, gives an error in which errors.As finds an *Error; its Kind says what happened.
// The errors of the contract are types of their own, which errors.As finds as well:
//
//	switch failure := (*ipc.Error)(nil); {
//	case errors.Is(err, context.DeadlineExceeded): // out of time
//	case errors.As(err, &failure) && failure.Kind == ipc.KindWorkerExited:
//		fmt.Println(failure.Exit) // how the child died: code or signal, its last words, what was in flight
//	}
//
// A call whose child has died fails with its report. What was sent may have been done or not.
package ipc
