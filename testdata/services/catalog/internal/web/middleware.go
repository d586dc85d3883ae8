package web

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/tracevet/tracevet/testdata/services/catalog/internal/telemetry"
)

var tracer = otel.Tracer("catalog/web")

// keys are those who may ask, by their keys.
type keys map[string]string

// check lets in who has a key: others get a 401.
func (k keys) check(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !k.known(r.Context(), r.Header.Get("X-API-Key")) {
			write(w, http.StatusUnauthorized, map[string]string{"error": "unknown key"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (k keys) known(ctx context.Context, key string) bool {
	_, op := telemetry.Begin(ctx, "web.check_key")
	defer op.Finish()
	client, ok := k[key]
	op.Set(attribute.String("client.name", client))
	return ok
}

// audit is the span that our auditors look for.
func audit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, span := tracer.Start(r.Context(), "web.audited")
		defer span.End()
		span.SetAttributes(attribute.String("audit.method", r.Method))
		next.ServeHTTP(w, r)
	})
}
