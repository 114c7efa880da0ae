// Command host talks to a program that others have written, and prints what comes of it as JSON.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	c "example.com/app/foreign"
	"example.com/app/ipc"
)

func main() {
	told := map[string]any{}
	lines := make(chan string, 10)
	client, err := c.Spawn(context.Background(), os.Args[2:], c.SpawnOptions{
		Framing: ipc.Framing(os.Args[1]),
		OnLine:  func(line string) { lines <- line },
		OnStart: func(ctx context.Context) error {
			result, err := c.ChildFrom(ctx).Initialize(ctx)
			told["name"] = result.Name
			return err
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	ctx := context.Background()
	reports := []any{}
	result, err := client.Work(ctx, c.WorkParams{N: 7}, ipc.CallOptions[any]{OnProgress: func(report any) { reports = append(reports, report) }})
	if err != nil {
		log.Fatal(err)
	}
	told["work"], told["reports"] = result, reports
	limited, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	if _, err := client.Wait(limited); !errors.Is(err, context.DeadlineExceeded) {
		log.Fatal(err)
	}
	asked, err := client.Asked(ctx)
	if err != nil {
		log.Fatal(err)
	}
	told["asked"], told["line"] = asked, <-lines
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		log.Fatal(err)
	}
}
