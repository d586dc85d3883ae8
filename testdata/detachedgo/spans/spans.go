// Package spans is the bottom: what is traced happens here.
package spans

import (
	"context"
	"database/sql"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
)

var tracer = otel.Tracer("spans")

// Mail sends a mail.
func Mail(ctx context.Context, to, body string) error {
	_, span := tracer.Start(ctx, "Mail")
	defer span.End()
	span.SetAttributes(attribute.Int("len", len(body)))
	return ctx.Err()
}

// Audit writes a line of an audit log.
type Audit struct {
	DB *sql.DB
}

// Write inserts.
func (a *Audit) Write(ctx context.Context, who, what string) error {
	_, err := a.DB.ExecContext(ctx, "INSERT INTO audit (who, what) VALUES ($1, $2)", who, what)
	return err
}

// Hook calls a webhook.
func Hook(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
