package deps

// For the rules on names and labels.
import (
	_ "github.com/XSAM/otelsql"
	_ "github.com/google/uuid"
	_ "github.com/gorilla/mux"
	_ "github.com/prometheus/client_golang/prometheus"
	_ "go.opentelemetry.io/otel/metric"
	_ "go.opentelemetry.io/otel/semconv/v1.25.0"
	_ "go.opentelemetry.io/otel/semconv/v1.43.0"
)
