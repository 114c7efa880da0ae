// Command second_child is the child of the contract second.
package main

import (
	"context"
	"log"
	"os"

	"example.com/app/generated/second"
)

type child struct{}

// Add answers with a number that the host has given.
func (child) Add(ctx context.Context, params second.AddParams) (int64, error) {
	one, err := second.HostFrom(ctx).One(ctx)
	return params.To + one, err
}

func (child) Refuse(context.Context) (int64, error) {
	return 0, &second.RefuseNoError{Data: "second"}
}

func (child) Exit(_ context.Context, params second.ExitParams) error {
	os.Exit(int(params.Code))
	return nil
}

func main() {
	if err := second.Serve(context.Background(), child{}); err != nil {
		log.Fatal(err)
	}
}
