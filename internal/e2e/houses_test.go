package e2e

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// housesVariable is set where the tests are to run that build other people's programs, with tracevet inside. They take minutes and
// the network the first time.
const housesVariable = "TRACEVET_HOUSES"

// houses leaves a test out unless it is asked for.
func houses(t *testing.T) {
	t.Helper()
	if os.Getenv(housesVariable) == "" {
		t.Skipf("slow: set %s=1 to run it, as .ci/run does", housesVariable)
	}
}

// fixtures returns a copy of the module of the fixtures, in which a test may write files.
func fixtures(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "fixtures") // gopls leaves out what is below a folder with the name testdata
	if err := os.CopyFS(dir, os.DirFS(testdata)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// plain returns findings without what not every driver shows: the categories, and fixes.
func plain(all found) found {
	less := make(found)
	for f := range all {
		f.category, f.fixes = "", ""
		less[f] = true
	}
	return less
}

// allFindings returns the arguments with which tracevet prints all that it finds in all fixtures, by all rules, as JSON.
func allFindings(driver string) []string {
	return append([]string{"-json", "-driver=" + driver, "-rules=all"}, append(optionFlags(), "./...")...)
}

var vetted struct {
	once sync.Once
	out  []byte
	all  found
}

// vetOutput returns what tracevet prints then with the go command as its driver. It runs for the first test that asks.
func vetOutput(t *testing.T) []byte {
	t.Helper()
	bin := programs(t)
	vetted.once.Do(func() {
		out := run(t, testdata, 1, filepath.Join(bin, "tracevet"), allFindings("vet")...)
		vetted.out, vetted.all = out, decodeTracevet(t, out)
	})
	if len(vetted.all) == 0 {
		t.Fatal("go vet finds nothing in the fixtures")
	}
	return vetted.out
}

// vetFindings returns what the go command, with tracevet as its vet tool, finds in all fixtures, by all rules.
func vetFindings(t *testing.T) found {
	t.Helper()
	vetOutput(t)
	return maps.Clone(vetted.all)
}

// module makes a module that requires what the fixtures require, with the given files.
func newModule(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(testdata, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(text))
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

// telemetry is a package with a start wrapper, and store one that forgets to end its span: only who looks into the first can
// see that in the second.
const (
	telemetrySource = `package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

func Start(ctx context.Context, name string) (context.Context, trace.Span) {
	return otel.Tracer("shop").Start(ctx, name)
}
`
	storeSource = `package store

import (
	"context"

	"MODULE/telemetry"
)

func Save(ctx context.Context, id int) error {
	/* 😀 */ ctx, span := telemetry.Start(ctx, "save")
	span.AddEvent("saving")
	return write(ctx, id)
}

func Late(ctx context.Context) {
	_, span := telemetry.Start(ctx, "late")
	span.End()
	span.AddEvent("lost")
}

func write(context.Context, int) error { return nil }
`
)

// shop is a module of these two.
func shop(t *testing.T) (dir, store string) {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join(testdata, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(mod), "\n")
	name := strings.TrimPrefix(first, "module ")
	dir = newModule(t, map[string]string{
		"telemetry/telemetry.go": telemetrySource,
		"store/store.go":         strings.ReplaceAll(storeSource, "MODULE", name),
	})
	return dir, filepath.Join(dir, "store", "store.go")
}
