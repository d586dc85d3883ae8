// Package main is right: what holds the provider is closed.
package main

import (
	"context"
	"io"
	"log"

	"github.com/tracevet/tracevet/testdata/noshutdown/innocent_split/telemetry"
)

func closeAll(closers ...io.Closer) {
	for _, c := range closers {
		if err := c.Close(); err != nil {
			log.Print(err)
		}
	}
}

// Silent: Close is called through io.Closer.
func main() {
	tel, err := telemetry.New(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer closeAll(tel)
}
