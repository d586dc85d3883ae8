package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWorkspace checks that a program is told of what a module beside its own, in the
// same workspace, does: that it starts a provider, and returns what shuts it down.
func TestWorkspace(t *testing.T) {
	bin := programs(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(testdata, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(testdata, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	_, require, _ := strings.Cut(string(mod), "\n")
	version := "go 1.26\n"
	for line := range strings.Lines(require) {
		if strings.HasPrefix(line, "go ") {
			version = line
		}
	}
	for _, name := range []string{"common", "shop"} {
		write(t, filepath.Join(dir, name, "go.mod"), "module example.com/"+name+"\n"+require)
		write(t, filepath.Join(dir, name, "go.sum"), string(sum))
	}
	write(t, filepath.Join(dir, "go.work"), version+"\nuse (\n\t./common\n\t./shop\n)\n")
	write(t, filepath.Join(dir, "common/telemetry/telemetry.go"), `package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func Init(ctx context.Context) (*sdktrace.TracerProvider, error) {
	exp, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, err
	}
	tp := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exp))
	otel.SetTracerProvider(tp)
	return tp, nil
}
`)
	write(t, filepath.Join(dir, "shop/main.go"), `package main

import (
	"context"
	"log"

	"example.com/common/telemetry"
)

func main() {
	tp, err := telemetry.Init(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	tp.Tracer("shop")
}
`)
	const want = "main.go:11:13: tp is never shut down, so the spans of its last batch are lost (noshutdown)"
	for _, driver := range []string{"inprocess", "vet"} {
		cmd := exec.Command(filepath.Join(bin, "tracevet"), "-driver="+driver, "-rules=noshutdown", "./...")
		cmd.Dir, cmd.Env = filepath.Join(dir, "shop"), append(os.Environ(), "GOWORK=", "GOFLAGS=")
		out, _ := cmd.CombinedOutput() // there are findings
		if !strings.Contains(string(out), want) {
			t.Errorf("-driver=%s: got\n%s\nwant\n%s", driver, out, want)
		}
	}
}
