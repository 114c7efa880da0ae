// Command bare is the least a Go child can do: a size, so many bytes, and the same bytes back.
package main

import (
	"bufio"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
)

func main() {
	input := bufio.NewReaderSize(os.Stdin, 64*1024)
	for {
		line, err := input.ReadString('\n')
		if err == io.EOF {
			return
		}
		size, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			log.Fatal(err)
		}
		data := make([]byte, size)
		if _, err := io.ReadFull(input, data); err != nil {
			log.Fatal(err)
		}
		if _, err := os.Stdout.Write(data); err != nil {
			log.Fatal(err)
		}
	}
}
