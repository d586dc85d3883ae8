// The probe is laid over package main of a sample service when it is built for
// the proof (go build -overlay): the service itself knows nothing of it. It
// watches the tracer provider that the service sets, and tells the proof of each
// span that starts or ends, which an exporter could not: it never hears of a
// span that is not ended.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func init() {
	conn, err := net.Dial("tcp", os.Getenv("TRACEVET_PROBE"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(3)
	}
	probe := &probeProcessor{out: json.NewEncoder(conn)}
	go func() {
		for {
			// The provider that the service sets is the SDK's. The one before it is not.
			if provider, ok := otel.GetTracerProvider().(*sdktrace.TracerProvider); ok {
				provider.RegisterSpanProcessor(probe)
				probe.send(probeEvent{Event: "ready"})
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
}

// probeEvent is what the proof reads, one JSON object a line.
type probeEvent struct {
	Event     string // ready, start or end
	Trace     string
	Span      string
	Parent    string // empty: none
	Remote    bool   // the parent is another process's
	Name      string
	Kind      string
	Site      string // the function that started it
	Goroutine string
}

type probeProcessor struct {
	mu  sync.Mutex
	out *json.Encoder
}

func (p *probeProcessor) send(e probeEvent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.out.Encode(e); err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(3)
	}
}

func (p *probeProcessor) OnStart(_ context.Context, s sdktrace.ReadWriteSpan) {
	e := describe("start", s)
	e.Site, e.Goroutine = site(), goroutine()
	p.send(e)
}

func (p *probeProcessor) OnEnd(s sdktrace.ReadOnlySpan)    { p.send(describe("end", s)) }
func (p *probeProcessor) Shutdown(context.Context) error   { return nil }
func (p *probeProcessor) ForceFlush(context.Context) error { return nil }

func describe(event string, s sdktrace.ReadOnlySpan) probeEvent {
	e := probeEvent{
		Event: event,
		Trace: s.SpanContext().TraceID().String(),
		Span:  s.SpanContext().SpanID().String(),
		Name:  s.Name(),
		Kind:  s.SpanKind().String(),
	}
	if parent := s.Parent(); parent.IsValid() {
		e.Parent, e.Remote = parent.SpanID().String(), parent.IsRemote()
	}
	return e
}

// site returns the function that wanted a span: the first on the stack that is
// neither tracing nor a library that is traced from within.
func site() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		name := frame.Function
		tracing := strings.HasPrefix(name, "go.opentelemetry.io/") || strings.HasPrefix(name, "database/sql.") ||
			strings.HasPrefix(name, "github.com/XSAM/") || strings.Contains(name, "/internal/telemetry.") || strings.HasPrefix(name, "main.(*probe")
		if !tracing || !more {
			name = name[strings.LastIndex(name, "/")+1:]
			name, _, _ = strings.Cut(name, ".func")
			return name
		}
	}
}

// goroutine returns the number of the running goroutine.
func goroutine() string {
	var buf [64]byte
	fields := bytes.Fields(buf[:runtime.Stack(buf[:], false)])
	return string(fields[1])
}
