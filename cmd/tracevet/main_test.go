package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// The tests run the program from end to end, as a process: the go command calls
// it back as a vet tool, once for each package. That process is the test binary
// itself, which acts as tracevet with the rules of rules_test.go if
// this variable is set. So the tests need no OpenTelemetry and no network, and rules can
// misbehave in ways that the real ones must not.
const actAsTracevet = "TRACEVET_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(actAsTracevet) != "" {
		os.Exit(run(testRules(), os.Args[1:], os.Stdout, os.Stderr))
	}
	// A build cache of our own, so that a test that counts analyses starts
	// with none, and nobody's cache gets findings of rules that are not real.
	dir, err := os.MkdirTemp("", "tracevet-test-")
	if err != nil {
		panic(err)
	}
	testCache = filepath.Join(dir, "cache")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var testCache string

// A module is a scratch module on disk.
type module struct {
	t    *testing.T
	dir  string
	env  []string
	runs string // a file with a line for each unit that was analysed
}

// newModule writes the files of a txtar archive to a new directory. A go.mod is
// added unless the archive has one; an empty one stands for none.
func newModule(t *testing.T, archive string) *module {
	t.Helper()
	t.Parallel()
	return newModuleIn(t, archive)
}

// newModuleIn is newModule for a second module of a test.
func newModuleIn(t *testing.T, archive string) *module {
	t.Helper()
	// go resolves the links in the name of the directory it runs in; so does tracevet's output.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := &module{t: t, dir: filepath.Join(dir, "src"), runs: filepath.Join(dir, "runs")}
	m.env = append(os.Environ(),
		actAsTracevet+"=1", runsFile+"="+m.runs, "GOCACHE="+testCache,
		"GOPROXY=off", "GOFLAGS=", "GOWORK=", "GOTOOLCHAIN=local")
	ar := txtar.Parse([]byte(archive))
	hasMod := false
	for _, f := range ar.Files {
		hasMod = hasMod || f.Name == "go.mod" || f.Name == "go.work"
		if len(f.Data) > 0 {
			m.write(f.Name, string(f.Data))
		}
	}
	if !hasMod {
		m.write("go.mod", "module example.com/m\n\ngo 1.24\n")
	}
	return m
}

func (m *module) write(name, content string) {
	m.t.Helper()
	file := filepath.Join(m.dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		m.t.Fatal(err)
	}
}

func (m *module) read(name string) string {
	m.t.Helper()
	data, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil {
		m.t.Fatal(err)
	}
	return string(data)
}

// An output is what a process had to say.
type output struct {
	t              *testing.T
	args           string
	stdout, stderr string
	code           int
}

// tracevet runs tracevet in the module's directory.
func (m *module) tracevet(args ...string) *output {
	m.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	return m.exec(exe, args...)
}

// govet runs "go vet" with tracevet as its tool.
func (m *module) govet(args ...string) *output {
	m.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	return m.exec("go", append([]string{"vet", "-vettool=" + exe}, args...)...)
}

func (m *module) exec(name string, args ...string) *output {
	m.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = m.dir, m.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		m.t.Fatalf("%s: %v", name, err)
	} else if ok && exit.ExitCode() < 0 {
		m.t.Fatalf("%s %s: %v\n%s", name, args, err, stderr.String())
	}
	return &output{m.t, strings.Join(args, " "), stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// analyses returns the number of units that were analysed since the last call.
func (m *module) analyses() int {
	data, _ := os.ReadFile(m.runs)
	os.Remove(m.runs)
	return bytes.Count(data, []byte("\n"))
}

// exit checks the exit code.
func (o *output) exit(code int) *output {
	o.t.Helper()
	if o.code != code {
		o.t.Errorf("%s: exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", o.args, o.code, code, o.stdout, o.stderr)
	}
	return o
}

// prints checks standard output, as a whole.
func (o *output) prints(want string) *output {
	o.t.Helper()
	if want = strings.TrimPrefix(want, "\n"); o.stdout != want {
		o.t.Errorf("%s: stdout is\n%s\nwant\n%s\nstderr:\n%s", o.args, o.stdout, want, o.stderr)
	}
	return o
}

// says checks that standard error holds each of the texts.
func (o *output) says(texts ...string) *output {
	o.t.Helper()
	for _, text := range texts {
		if !strings.Contains(o.stderr, text) {
			o.t.Errorf("%s: stderr lacks %q:\n%s", o.args, text, o.stderr)
		}
	}
	return o
}

// silentOn checks that standard error holds none of the texts.
func (o *output) silentOn(texts ...string) *output {
	o.t.Helper()
	for _, text := range texts {
		if strings.Contains(o.stderr, text) {
			o.t.Errorf("%s: stderr has %q:\n%s", o.args, text, o.stderr)
		}
	}
	return o
}
