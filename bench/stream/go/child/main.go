// Command child is the generated child: items are checked, and credit is awaited.
package main

import (
	"context"
	"log"

	"bench/generated/counter"
)

type handlers struct{}

func (handlers) Count(_ context.Context, params counter.CountParams, send func(counter.CountItem) error) (int64, error) {
	for n := range params.To {
		if err := send(counter.CountItem{N: n}); err != nil {
			return 0, err
		}
	}
	return params.To, nil
}

func main() {
	if err := counter.Serve(context.Background(), handlers{}); err != nil {
		log.Fatal(err)
	}
}
