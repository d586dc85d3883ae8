package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// patience is how long a process may take for whatever it is waited for. It is
// reached only when something is wrong.
const patience = 2 * time.Minute

// A Count says how many spans a request is to start and to end.
type Count struct{ Started, Ended int }

// A Run is what was seen of one process.
type Run struct {
	Asks       []Ask // what was asked, round after round
	Spans      []*Span
	Downstream []string // the traceparent headers of the requests that another service got
	Series     [rounds]int
}

// A process is a service that runs.
type process struct {
	cmd    *exec.Cmd
	base   string // of its URLs
	spans  *recorder
	stdout bytes.Buffer
	stderr lockedBuffer
	gone   chan error
}

// Start runs the program of a service, asks it what the service's list says, rounds
// times over, tells it to stop, and returns what was seen. After each request it waits until as many spans
// have started and ended as counts says. Without counts, it waits until nothing more
// seems to happen, which is how counts are made.
func Start(program string, s Service, counts []Count) (*Run, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()

	exports := new(collector)
	otlp := httptest.NewServer(exports)
	defer otlp.Close()
	other := new(downstream)
	upstream := httptest.NewServer(other)
	defer upstream.Close()

	p, err := launch(ctx, program, s, otlp.URL, upstream.URL)
	if err != nil {
		return nil, err
	}
	run, err := p.ask(ctx, s, counts)
	if stopErr := p.stop(ctx); err == nil {
		err = stopErr
	}
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, p.stderr.String())
	}
	ids := exports.ids
	if s.Stdout {
		if ids, err = stdoutSpanIDs(p.stdout.Bytes()); err != nil {
			return nil, err
		}
	}
	p.spans.exported(ids)
	run.Spans, run.Downstream = p.spans.spans, other.headers
	return run, exports.err
}

// launch starts the program and waits until it listens and is watched.
func launch(ctx context.Context, program string, s Service, otlp, upstream string) (*process, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer listener.Close()

	p := &process{spans: newRecorder(), gone: make(chan error, 1)}
	args := []string{"-addr=127.0.0.1:0"}
	for _, arg := range s.Args {
		args = append(args, strings.ReplaceAll(arg, "{upstream}", upstream))
	}
	p.cmd = exec.CommandContext(ctx, program, args...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.Env = append(os.Environ(), "TRACEVET_PROBE="+listener.Addr().String(),
		"OTEL_EXPORTER_OTLP_ENDPOINT="+otlp,
		"GIN_MODE=release",
		"OTEL_BSP_SCHEDULE_DELAY=3600000") // a batch is sent when it is full or flushed, not because time has passed
	listening := make(chan string, 1)
	p.stderr.onLine = func(line string) {
		// The line that says so is the service's own: msg=listening addr=127.0.0.1:12345
		if _, addr, ok := strings.Cut(line, "listening addr="); ok {
			select {
			case listening <- addr:
			default:
			}
		}
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.gone <- p.cmd.Wait() }()

	if l, ok := listener.(*net.TCPListener); ok {
		deadline, _ := ctx.Deadline()
		l.SetDeadline(deadline)
	}
	conn, err := listener.Accept()
	if err != nil {
		return nil, fmt.Errorf("the probe does not report: %w\n%s", err, p.stderr.String())
	}
	go p.spans.read(conn)
	if err := p.spans.wait(ctx.Done(), func() bool { return p.spans.ready }); err != nil {
		return nil, fmt.Errorf("no tracer provider is set: %w\n%s", err, p.stderr.String())
	}
	select {
	case addr := <-listening:
		p.base = "http://" + addr
		return p, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("it does not listen\n%s", p.stderr.String())
	}
}

// ask sends the requests, one after the other.
func (p *process) ask(ctx context.Context, s Service, counts []Count) (*Run, error) {
	run := new(Run)
	kept := ""
	for round := range rounds {
		for i, a := range s.Asks {
			n := len(run.Asks)
			a = a.inRound(round, kept)
			run.Asks = append(run.Asks, a)
			p.spans.mu.Lock()
			p.spans.request = n
			p.spans.mu.Unlock()
			reply, err := a.send(ctx, p.base, n)
			if err != nil {
				return nil, fmt.Errorf("request %d: %w", n, err)
			}
			if a.Keep != "" {
				kept, _ = reply[a.Keep].(string)
			}
			var want *Count
			if counts != nil {
				if len(counts) != rounds*len(s.Asks) {
					return nil, fmt.Errorf("%d counts for %d requests: run the test with -update", len(counts), rounds*len(s.Asks))
				}
				want = &counts[n]
			}
			if err := p.settle(ctx, n, want); err != nil {
				return nil, fmt.Errorf("request %d of round %d, %s %s: %w", i+1, round+1, a.Method, a.Path, err)
			}
		}
		if s.Metrics != "" {
			series, err := countSeries(ctx, p.base+s.Metrics, s.Name)
			if err != nil {
				return nil, err
			}
			run.Series[round] = series
		}
	}
	return run, nil
}

// settle waits until the work for a request is over, also what goes on after the reply.
func (p *process) settle(ctx context.Context, n int, want *Count) error {
	r := p.spans
	if want != nil {
		err := r.wait(ctx.Done(), func() bool { return r.started[n] >= want.Started && r.ended[n] >= want.Ended })
		if err != nil {
			return fmt.Errorf("%d spans started and %d ended, want %d and %d: %w", r.started[n], r.ended[n], want.Started, want.Ended, err)
		}
		return nil
	}
	for before := -1; ; {
		r.mu.Lock()
		now := r.events
		r.mu.Unlock()
		if now == before {
			return nil
		}
		before = now
		time.Sleep(300 * time.Millisecond)
	}
}

// stop interrupts the process, as a terminal or an orchestrator would, and waits
// until it has gone and the probe has told all.
func (p *process) stop(ctx context.Context) error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	select {
	case err := <-p.gone:
		// A service may say that it was told to stop: with log.Fatal, for one.
		if err != nil && p.cmd.ProcessState.ExitCode() != 1 {
			return fmt.Errorf("the service ends badly: %w", err)
		}
	case <-ctx.Done():
		return errors.New("the service does not end")
	}
	err := p.spans.wait(ctx.Done(), func() bool { return p.spans.closed != nil })
	if err == nil && p.spans.closed != io.EOF {
		err = p.spans.closed
	}
	return err
}

// send sends a request that belongs to a trace of the caller's.
func (a Ask) send(ctx context.Context, base string, n int) (reply map[string]any, err error) {
	req, err := http.NewRequestWithContext(ctx, a.Method, base+a.Path, strings.NewReader(a.Body))
	if err != nil {
		return nil, err
	}
	if a.Body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for key, value := range a.Header {
		req.Header.Set(key, value)
	}
	req.Header.Set("traceparent", traceparent(n, !a.Unsampled))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != a.Status {
		return nil, fmt.Errorf("%s %s: status %d, want %d\n%s", a.Method, a.Path, resp.StatusCode, a.Status, body)
	}
	if len(body) > 0 && body[0] == '{' {
		err = json.Unmarshal(body, &reply)
	}
	return reply, err
}

const callerTraces = "0af7651916cd43dd8448eb21" // how all of them start

// The caller of request n: its trace and the span in which it sends the request.
func callerTrace(n int) string { return fmt.Sprintf("%s%08x", callerTraces, n+1) }
func callerSpan(n int) string  { return fmt.Sprintf("b7ad6b71%08x", n+1) }

func traceparent(n int, sampled bool) string {
	flags := "00"
	if sampled {
		flags = "01"
	}
	return "00-" + callerTrace(n) + "-" + callerSpan(n) + "-" + flags
}

// A downstream is another service, which takes any request.
type downstream struct {
	mu      sync.Mutex
	headers []string // traceparent of each request
}

func (d *downstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.headers = append(d.headers, r.Header.Get("traceparent"))
	io.WriteString(w, `{}`)
}

// countSeries returns how many time series a service shows of its own metrics.
func countSeries(ctx context.Context, url, prefix string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	n := 0
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(line, prefix+"_") {
			n++
		}
	}
	if err == nil && n == 0 {
		err = fmt.Errorf("%s shows no metrics named %s_", url, prefix)
	}
	return n, err
}

// A lockedBuffer keeps what is written, and hands over each line.
type lockedBuffer struct {
	mu     sync.Mutex
	text   strings.Builder
	line   []byte
	onLine func(string)
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text.Write(p)
	b.line = append(b.line, p...)
	for {
		line, rest, ok := bytes.Cut(b.line, []byte("\n"))
		if !ok {
			return len(p), nil
		}
		b.onLine(string(line))
		b.line = rest
	}
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
