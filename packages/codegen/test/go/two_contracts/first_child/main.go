// Command first_child is the child of the contract first.
package main

import (
	"context"
	"log"
	"os"

	"example.com/app/generated/first"
)

type child struct{}

// Add answers with a number that the host has given.
func (child) Add(ctx context.Context, params first.AddParams) (int64, error) {
	one, err := first.HostFrom(ctx).One(ctx)
	return params.To + one, err
}

func (child) Refuse(context.Context) (int64, error) {
	return 0, &first.RefuseNoError{Data: "first"}
}

func (child) Exit(_ context.Context, params first.ExitParams) error {
	os.Exit(int(params.Code))
	return nil
}

func main() {
	if err := first.Serve(context.Background(), child{}); err != nil {
		log.Fatal(err)
	}
}
