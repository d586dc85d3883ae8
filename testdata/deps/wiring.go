package deps

// For the rules on how a program is wired.
import (
	_ "github.com/gofiber/contrib/otelfiber/v2"
	_ "github.com/labstack/echo-opentelemetry"
	_ "github.com/nats-io/nats.go"
	_ "github.com/riandyrn/otelchi"
	_ "github.com/segmentio/kafka-go"
	_ "go.opentelemetry.io/contrib/exporters/autoexport"
	_ "go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	_ "go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	_ "go.opentelemetry.io/contrib/propagators/autoprop"
	_ "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	_ "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	_ "go.uber.org/fx"
)
