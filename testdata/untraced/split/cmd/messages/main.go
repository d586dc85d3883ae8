// Package main publishes messages without any header of a trace.
package main

import (
	"context"
	"log"

	"github.com/segmentio/kafka-go"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

// The consumers start traces of their own.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	w := &kafka.Writer{Addr: kafka.TCP("broker:9092"), Topic: "orders"} // want `has no tracing`
	defer w.Close()
	log.Print(w.WriteMessages(ctx, kafka.Message{Value: []byte("1")}))
}
