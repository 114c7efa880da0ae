// Command child is the program that the host starts: fill in what each method does.
//
// A handler returns its result, or one of the errors that the contract declares. What
// it prints goes to stderr. The package generated/contract is generated from the
// contract by `npx simple-ipc generate`; this file is yours.
package main

import (
	"context"
	"log"

	"child/generated/contract"
)

type child struct{}

func main() {
	if err := contract.Serve(context.Background(), child{}); err != nil {
		log.Fatal(err)
	}
}
