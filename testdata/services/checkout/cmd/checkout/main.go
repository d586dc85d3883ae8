// Command checkout is a small shop: it prices, sells and settles orders, and
// traces what it does.
//
//	checkout [-addr 127.0.0.1:8080] [-spans stdout] [-token secret] [-round 10s]
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/XSAM/otelsql"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/admin"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/api"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/jobs"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/ledger"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/mail"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/memdb"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/store"
	"github.com/tracevet/tracevet/testdata/services/checkout/internal/telemetry"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "address to listen on")
	spans := flag.String("spans", "stdout", "where to write spans: stdout or none")
	token := flag.String("token", "", "token for the routes under /admin; without one there are none")
	round := flag.Duration("round", 10*time.Second, "time between two rounds of the background jobs")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *addr, *spans, *token, *round); err != nil {
		fmt.Fprintln(os.Stderr, "checkout:", err)
		stop()
		os.Exit(1)
	}
}

// run serves on addr until ctx is cancelled, then finishes what it began.
func run(ctx context.Context, addr, spans, token string, round time.Duration) (err error) {
	out, err := spanWriter(spans)
	if err != nil {
		return err
	}
	shutdown, err := telemetry.Setup(ctx, out)
	if err != nil {
		return err
	}
	defer func() {
		// ctx is cancelled by now, and with it nothing would be sent.
		flush, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		err = errors.Join(err, shutdown(flush))
	}()

	st := store.New()
	st.AddProduct("tea", 450, 100)
	st.AddProduct("kettle", 3900, 20)

	runner := jobs.NewRunner(st, 15*time.Minute)
	go runner.Run(ctx, round)

	parts := api.Parts{
		Store: st,
		Books: ledger.New(otelsql.OpenDB(memdb.New())),
		Mail:  mail.NewDesk(mail.Log{}),
		Queue: jobs.NewQueue(4),
	}
	defer parts.Queue.Close()
	if token != "" {
		parts.Admin = &admin.Desk{Store: st, Books: parts.Books, Runner: runner, Token: token}
	}

	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	slog.Info("listening", "addr", listener.Addr().String())
	server := &http.Server{
		Handler:           api.NewServer(parts, rand.Text).Handler(),
		ReadHeaderTimeout: 5 * time.Second,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return server.Shutdown(drain)
	}
}

// spanWriter returns the writer that -spans names.
func spanWriter(name string) (io.Writer, error) {
	switch name {
	case "stdout":
		return os.Stdout, nil
	case "none":
		return io.Discard, nil
	}
	return nil, fmt.Errorf("-spans=%s: want stdout or none", name)
}
