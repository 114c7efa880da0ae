// Command bare is the least a Go child can do: a line at a time, parsed, answered, written.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
)

type request struct {
	ID     int64 `json:"id"`
	Params struct {
		A int64 `json:"a"`
		B int64 `json:"b"`
	} `json:"params"`
}

type response struct {
	Version string `json:"jsonrpc"`
	ID      int64  `json:"id"`
	Result  int64  `json:"result"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var message request
		if err := json.Unmarshal(lines.Bytes(), &message); err != nil {
			log.Fatal(err)
		}
		answer, err := json.Marshal(response{"2.0", message.ID, message.Params.A + message.Params.B})
		if err != nil {
			log.Fatal(err)
		}
		if _, err := os.Stdout.Write(append(answer, '\n')); err != nil {
			log.Fatal(err)
		}
	}
}
