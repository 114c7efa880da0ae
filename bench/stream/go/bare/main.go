// Command bare is the least a Go child can do: a line for each item.
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
		To int64 `json:"to"`
	} `json:"params"`
}

type value struct {
	N int64 `json:"n"`
}

type params struct {
	ID    int64 `json:"id"`
	Value value `json:"value"`
}

type item struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  params `json:"params"`
}

type response struct {
	Version string `json:"jsonrpc"`
	ID      int64  `json:"id"`
	Result  int64  `json:"result"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	output := bufio.NewWriterSize(os.Stdout, 64*1024)
	encoder := json.NewEncoder(output)
	write := func(message any) {
		if err := encoder.Encode(message); err != nil {
			log.Fatal(err)
		}
	}
	for lines.Scan() {
		var message request
		if err := json.Unmarshal(lines.Bytes(), &message); err != nil {
			log.Fatal(err)
		}
		for n := range message.Params.To {
			write(item{"2.0", "$/item", params{message.ID, value{n}}})
		}
		write(response{"2.0", message.ID, message.Params.To})
		if err := output.Flush(); err != nil {
			log.Fatal(err)
		}
	}
}
