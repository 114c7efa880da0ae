// Command host has handlers that fail, for the child that it starts.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	c "generated/conversation"
)

type host struct{}

func (host) Nest(context.Context, c.HostNestParams) (int64, error) { panic("nested") }

func (host) Numbers(context.Context, c.NumbersParams, func(int64) error) (int64, error) {
	return 0, errors.New("no numbers")
}

func (host) Log(_ context.Context, params c.LogParams) { panic(params.Text) }

func main() {
	ctx := context.Background()
	client, err := c.Spawn(context.Background(), os.Args[1:], host{}, c.SpawnOptions{
		OnStart: func(ctx context.Context) error {
			text, err := c.ChildFrom(ctx).Echo(ctx, c.EchoParams{Text: "prepared"})
			fmt.Println(text)
			return err
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	_, err = client.Nest(ctx, c.NestParams{Depth: 1})
	fmt.Println(err)
	_, err = client.Sum(ctx, c.SumParams{To: 1})
	fmt.Println(err)
	text, err := client.Echo(ctx, c.EchoParams{Text: "after"})
	fmt.Println(text, err)
}
