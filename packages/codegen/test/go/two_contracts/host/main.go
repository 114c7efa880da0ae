// Command host is the host of two contracts at once: it calls a child of each, and says what both have in common.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"example.com/app/generated/first"
	"example.com/app/generated/ipc"
	"example.com/app/generated/second"
)

// The types are the same, not only alike.
var (
	_ *first.Error     = (*second.Error)(nil)
	_ first.Worker     = (second.Worker)(nil)
	_ []ipc.Worker     = []first.Worker{}
	_ *ipc.Error       = (*first.Error)(nil)
	_ error            = (*ipc.InvalidValueError)(nil)
	_ ipc.ServeOptions = first.ServeOptions(second.ServeOptions{})
)

type handlers struct{}

func (handlers) One(context.Context) (int64, error) { return 1, nil }

// failure tells an error of whatever contract, as middleware would.
func failure(err error) string {
	var found *ipc.Error
	if !errors.As(err, &found) {
		return fmt.Sprint("another error: ", err)
	}
	if found.Exit != nil {
		return fmt.Sprint(found.Kind, " ", found.Exit.Code)
	}
	return fmt.Sprint(found.Kind, found.Code, " ", found.Message)
}

// watchdogs counts those that this program has started.
func watchdogs() int {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	count := 0
	for _, file := range files {
		command, _ := os.ReadFile(file)
		stat, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "stat"))
		_, fields, _ := bytes.Cut(stat, []byte(") "))
		parent := bytes.Fields(fields)
		if len(parent) > 1 && string(parent[1]) == strconv.Itoa(os.Getpid()) && bytes.Contains(command, []byte("read -r sign group")) {
			count++
		}
	}
	return count
}

func main() {
	one, err := first.Spawn(context.Background(), []string{os.Args[1]}, handlers{})
	if err != nil {
		log.Fatal(err)
	}
	two, err := second.Spawn(context.Background(), []string{os.Args[2]}, handlers{})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	var sum struct {
		sync.Mutex
		of int64
	}
	var group sync.WaitGroup
	for n := range int64(100) {
		group.Add(2)
		add := func(result int64, err error) {
			defer group.Done()
			if err != nil {
				log.Fatal(err)
			}
			sum.Lock()
			defer sum.Unlock()
			sum.of += result
		}
		go func() { add(one.Add(ctx, first.AddParams{To: n})) }()
		go func() { add(two.Add(ctx, second.AddParams{To: -n})) }()
	}
	group.Wait()
	fmt.Println("sum:", sum.of)
	fmt.Println("watchdogs:", watchdogs())

	_, err = one.Refuse(ctx)
	declared := (*first.RefuseNoError)(nil)
	fmt.Println("first:", failure(err), errors.As(err, &declared))
	_, err = two.Refuse(ctx)
	fmt.Println("second:", failure(err), errors.As(err, &declared))
	fmt.Println("first:", failure(one.Exit(ctx, first.ExitParams{Code: 3})))
	fmt.Println("second:", failure(two.Exit(ctx, second.ExitParams{Code: 4})))
	for _, worker := range []ipc.Worker{one, two} {
		if err := worker.Close(); err != nil {
			log.Fatal(err)
		}
	}
}
