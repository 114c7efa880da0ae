// Command child is the generated child: params and results are checked.
package main

import (
	"context"
	"log"

	"bench/generated/adder"
)

type handlers struct{}

func (handlers) Add(_ context.Context, params adder.AddParams) (int64, error) {
	return params.A + params.B, nil
}

func main() {
	if err := adder.Serve(context.Background(), handlers{}); err != nil {
		log.Fatal(err)
	}
}
