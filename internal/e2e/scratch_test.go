package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// leak is what the branch of a scratch repository adds.
const leak = `package store

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

func leak(ctx context.Context, tracer trace.Tracer) {
	_, span := tracer.Start(ctx, "leak")
	span.AddEvent("never ended")
}
`

// oldFaults returns the file on the main branch: ten leaks, and a span that is written to after its end.
func oldFaults() string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(leak, "leak", "leak0"))
	for i := 1; i < 10; i++ {
		_, fn, _ := strings.Cut(leak, ")\n\n")
		b.WriteString("\n" + strings.ReplaceAll(fn, "leak", fmt.Sprintf("leak%d", i)))
	}
	b.WriteString("\nfunc late(ctx context.Context, tracer trace.Tracer) {\n\t_, span := tracer.Start(ctx, \"late\")\n\tspan.End()\n\tspan.AddEvent(\"lost\")\n}\n")
	return b.String()
}

// A scratch is a clone of a repository with one package: its main branch has eleven
// findings, the branch that is checked out adds one. Of OpenTelemetry it needs but the API, which
// is quick to vet.
type scratch struct {
	t   *testing.T
	dir string
	env []string
}

// newScratch makes a repository and a clone of it, with the given flags of git clone. What it needs,
// besides git and bash, are the built programs; they come first in PATH.
func newScratch(t *testing.T, cloneFlags ...string) *scratch {
	t.Helper()
	bin := programs(t)
	for _, name := range []string{"git", "bash"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("no %s", name)
		}
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	origin := filepath.Join(dir, "origin")
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(testdata, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(origin, name), string(text))
	}
	write(t, filepath.Join(origin, "internal/store/store.go"), oldFaults())
	s := &scratch{t: t, dir: origin, env: append(os.Environ(),
		"GOWORK=off", "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"),
		"GIT_CONFIG_GLOBAL="+filepath.Join(dir, "gitconfig"), "GIT_CONFIG_NOSYSTEM=1")}
	write(t, filepath.Join(dir, "gitconfig"), "[user]\n\tname = T\n\temail = t@example.com\n[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n")
	s.bash(0, "git init -q && git add -A && git commit -q -m old && git commit -q --allow-empty -m more && git checkout -q -b feature")
	write(t, filepath.Join(origin, "internal/store/leak.go"), leak)
	s.bash(0, "git add -A && git commit -q -m new && git checkout -q main && git commit -q --allow-empty -m meanwhile && git checkout -q feature")
	s.bash(0, "git clone -q "+strings.Join(cloneFlags, " ")+" 'file://"+origin+"' ../clone")
	s.dir = filepath.Join(dir, "clone")
	return s
}

// bash runs a line of shell, checks its exit status, and returns its standard output.
func (s *scratch) bash(status int, line string, env ...string) string {
	s.t.Helper()
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line)
	cmd.Dir, cmd.Env = s.dir, append(s.env, env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if cmd.ProcessState == nil {
		s.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		s.t.Fatalf("%s\nexit status %d, want %d\n%s%s", line, got, status, tail(out), tail([]byte(stderr.String())))
	}
	return string(out)
}

func (s *scratch) read(name string) string {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
