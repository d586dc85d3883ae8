// The program of this directory is a command line that uses a traced client. Nothing
// in it records spans: it has no SDK, and starts none by itself, so no trace can break.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
	"os"

	"github.com/tracevet/tracevet/testdata/ctxlesscall/innocent_program/client"
)

// A command is what is run by its name.
type command struct{ db *sql.DB }

// show starts anew, although it has a context.
func (c command) show(ctx context.Context, url string) error {
	return client.Fetch(context.TODO(), url)
}

// list has no context where it could have one.
func (c command) list(ctx context.Context, url string) error {
	if _, err := c.db.Exec("INSERT INTO shown VALUES (?)", url); err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// later leaves a goroutine behind, on a root.
func (c command) later(ctx context.Context, url string) error {
	go func() {
		_ = client.Fetch(context.Background(), url)
	}()
	return nil
}

func main() {
	ctx, c, url := context.Background(), command{}, os.Args[1]
	for _, run := range []func(context.Context, string) error{c.show, c.list, c.later} {
		if err := run(ctx, url); err != nil {
			log.Print(err)
		}
	}
}
