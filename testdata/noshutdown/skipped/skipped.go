// Package skipped defers Shutdown and ends the process without running it.
package skipped

import (
	"context"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v5"
	"github.com/sirupsen/logrus"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/zap"
	"google.golang.org/grpc"

	"github.com/tracevet/tracevet/testdata/noshutdown/split/telemetry"
)

// The form of most tutorials.
func listen(tp *trace.TracerProvider, h http.Handler) {
	defer tp.Shutdown(context.Background())
	log.Fatal(http.ListenAndServe(":8080", h)) // want `log.Fatal skips the deferred tp.Shutdown, so the last spans are lost`
}

// The error is looked at first; Shutdown is in a closure.
func closure(provider *trace.TracerProvider, srv *http.Server) {
	defer func() {
		if err := provider.Shutdown(context.Background()); err != nil {
			log.Printf("shutdown: %v", err)
		}
	}()
	if err := srv.ListenAndServe(); err != nil {
		log.Fatalf("server: %v", err) // want `log.Fatalf skips the deferred provider.Shutdown, so the last spans are lost`
	}
}

// Gin's Run, and the function that the set-up returned.
func returned(r *gin.Engine) {
	cleanup := telemetry.MustInit(context.Background())
	defer cleanup()
	if err := r.Run(":8080"); err != nil {
		logrus.Fatal(err) // want `logrus.Fatal skips the deferred cleanup, so the last spans are lost`
	}
}

// The function takes a context and returns an error.
func echoServer(e *echo.Echo) error {
	shutdown, err := telemetry.Init(context.Background())
	if err != nil {
		return err
	}
	defer func() { _ = shutdown(context.Background()) }()
	if err := e.Start(":8080"); err != nil {
		slog.Error("server", "error", err)
		os.Exit(1) // want `os.Exit skips the deferred shutdown, so the last spans are lost`
	}
	return nil
}

// A gRPC server, and zap.
func grpcServer(tp *trace.TracerProvider, s *grpc.Server, lis net.Listener, logger *zap.Logger) {
	defer tp.Shutdown(context.Background())
	if err := s.Serve(lis); err != nil {
		logger.Fatal("serve", zap.Error(err)) // want `logger.Fatal skips the deferred tp.Shutdown, so the last spans are lost`
	}
}

// A logger of the standard library, held by a struct.
type server struct {
	*http.Server
	log *log.Logger
}

// The promoted method serves.
func (s *server) run(tp *trace.TracerProvider) {
	defer tp.Shutdown(context.Background())
	s.log.Fatalln(s.ListenAndServe()) // want `Fatalln skips the deferred tp.Shutdown, so the last spans are lost`
}

// The defer is registered only below the first check, and above the end.
func below(ctx context.Context, h http.Handler) {
	tp, err := telemetry.NewProvider(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer tp.Shutdown(ctx)
	log.Fatal(http.ListenAndServeTLS(":8443", "cert.pem", "key.pem", h)) // want `log.Fatal skips the deferred tp.Shutdown`
}
