// Package main asks a database without otelsql.
package main

import (
	"context"
	"database/sql"
	"log"
	"os"

	"github.com/tracevet/tracevet/testdata/untraced/split/telemetry"
)

type store struct{ *sql.DB }

// The queries have no spans.
func open(dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn) // want `has no tracing`
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

// Silent: the finding is in open.
func main() {
	ctx := context.Background()
	shutdown, err := telemetry.Init(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)

	s, err := open(os.Getenv("DSN"))
	if err != nil {
		log.Print(err)
		return
	}
	defer s.Close()
	_, err = s.ExecContext(ctx, "DELETE FROM sessions")
	log.Print(err)
}
