// Command child is the generated child: the bytes are given back.
package main

import (
	"context"
	"log"

	"bench/generated/bytes"
)

type handlers struct{}

func (handlers) Echo(_ context.Context, params bytes.EchoParams) ([]byte, error) {
	return params.Item0, nil
}

func main() {
	if err := bytes.Serve(context.Background(), handlers{}); err != nil {
		log.Fatal(err)
	}
}
