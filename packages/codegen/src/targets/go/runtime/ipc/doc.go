// Package ipc has the types that the packages of all contracts share: errors, options, reports and streams. It is also
// their manual: how a program and the program that started it call each other, typed by a contract, over nothing but
// stdin and stdout. The examples use a contract called profiler.
//
// # A child
//
// A child implements ChildHandlers and calls Serve:
//
//	func main() {
//		if err := profiler.Serve(context.Background(), &child{}); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// Serve takes over stdin and stdout: from then on descriptor 1 is stderr, so that output of print statements, libraries
// and subprocesses neither corrupts messages nor is lost. It returns when the host has closed the input and every call
// has been answered and written. When the host is gone, it cancels the handlers and returns an error of KindHostClosed,
// so that deferred functions run; a handler that does not end is left behind. When the context of Serve ends, it answers
// what is open with CodeShuttingDown, cancels the handlers and returns why. os.Exit in a handler ends the program
// at once: answers and notifications that have not been written yet are lost.
//
// The handlers implement the whole interface, so that the compiler names what is missing. Those that embed
// UnimplementedChildHandlers refuse the calls that they have no method for, and ignore such notifications. The same goes
// for a host's HostHandlers.
//
// Handlers start in the order in which calls arrive. A call gets its own goroutine as soon as it takes long or blocks,
// so handlers must synchronize access to shared state, as those of net/http do. A call's context is cancelled when the
// caller no longer wants the answer, or is gone. Whatever the handler returns after that is not sent.
//
// The handler of a notification returns before anything that arrived after it is handled. While it waits for a call that
// it makes with its context, other handlers continue.
//
// A handler that returns one of the contract's errors, wrapped or not, answers with that error. Of any other error only
// the text is sent, of a panic what Go prints first: "panic: assignment to entry in nil map". Both are reported on stderr,
// a panic with its stack, unless ServeOptions.OnError is set.
//
// The handler of a stream sends items with send, which blocks while the reader is behind and fails when the call is
// cancelled. Progress never blocks: reports are dropped while the output is full.
//
// HostFrom returns the HostClient for the context of a handler. ServeOptions.OnStart is called before the first message is
// handled, with a context that has it, too.
//
// # A host
//
// A host starts a child with Spawn and calls its methods:
//
//	client, err := profiler.Spawn(ctx, []string{"./child"}, handlers)
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//
// A contract whose child calls nothing of its host has a Spawn without handlers. Options come last, and may be left out:
//
//	client, err := profiler.Spawn(ctx, []string{"./child"}, handlers, ipc.SpawnOptions{Dir: "work"})
//	report, err := client.Scan(ctx, params, ipc.CallOptions[float64]{OnProgress: show})
//
// When the context of Spawn ends, the child is stopped, like the commands of exec.CommandContext: it is no timeout for the
// start, which SpawnOptions.StartTimeout is. Every call takes a context. When the context ends, the call fails at once and is cancelled in the child. The context's
// deadline is the only timeout.
//
// The first call waits until the child has reported its contract. If that contract is incompatible, every call fails
// with KindContractMismatch, and the message lists the differences.
//
// SpawnOptions.OnStart prepares the child before the first call is sent.
//
// The child runs in its own session and process group. Stop and Close close its input, then send SIGTERM and finally
// SIGKILL to the whole group; when the context of Stop ends, SIGKILL comes at once. When the child exits, what it leaves in its group is killed. When the host exits, for
// whatever reason, a watchdog process kills the group within two seconds.
//
// The child's stderr is copied to this program's stderr unless SpawnOptions.Stderr is set. Lines of its stdout that are
// not messages are passed to SpawnOptions.OnLine.
//
// # Meta
//
// A call or a notification may tell of its caller beside its params, for tracers and logs: strings of at most 8 KiB as JSON.
// Meta returns what a handler was told. Calls that are made with the handler's context pass it on, and say which call they
// serve: For returns its id on the other side. WithMeta adds to what the calls with a context tell, WithoutMeta lets them
// tell nothing, and the option Meta is asked at each of them. A notification takes no context: that which HostFrom or
// ChildFrom was given counts.
//
//	ctx = ipc.WithMeta(ctx, map[string]string{"traceparent": span.String()})
//	report, err := client.Scan(ctx, params)
//
// # Values
//
// Generated types are written and read by encoding/json as they are on the wire, and checked against the contract: a
// value may be logged or stored as it is. A union is an interface, which json.Unmarshal cannot fill: use its Decode
// function.
//
// # Streams
//
// A streaming method returns a Stream: its items and its result. The child sends at most 4096 items or 1 MiB ahead of the
// reader.
//
// # Errors
//
// Every failed call, of any contract, returns an error in which errors.As finds an *Error; its Kind says what happened.
// The errors that a contract declares have their own types, which errors.As finds as well:
//
//	switch failure := (*ipc.Error)(nil); {
//	case errors.Is(err, context.DeadlineExceeded): // out of time
//	case errors.As(err, &failure) && failure.Kind == ipc.KindWorkerExited:
//		fmt.Println(failure.Exit) // how the child died: code or signal, its last words, what was in flight
//	}
//
// A call whose child has exited fails with the exit report. The child may or may not have processed the call.
package ipc
