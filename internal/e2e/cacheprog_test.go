package e2e

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// goToolCache is the module of the cache programs, at the version that docs/ci.md names.
const goToolCache = "github.com/bradfitz/go-tool-cache"

// TestSharedCache checks that of two machines with empty caches and one store for both, the second one
// analyses nothing, and finds the same.
func TestSharedCache(t *testing.T) {
	s := newScratch(t, "--branch=feature")
	docs, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(regexp.QuoteMeta(goToolCache) + `/cmd/go-cacher(?:-server)?@(\S+)`).FindSubmatch(docs)
	if version == nil {
		t.Fatalf("docs/ci.md does not say how to install the programs of %s", goToolCache)
	}
	tools := t.TempDir()
	install := exec.Command("go", "install", goToolCache+"/cmd/go-cacher@"+string(version[1]), goToolCache+"/cmd/go-cacher-server@"+string(version[1]))
	install.Env = append(os.Environ(), "GOBIN="+tools, "GOFLAGS=")
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("go install: %v\n%s", err, tail(out))
	}
	store := startCacheServer(t, filepath.Join(tools, "go-cacher-server"))

	// A vet tool that notes each call before it becomes tracevet.
	write(t, filepath.Join(tools, "vettool"), "#!/usr/bin/env bash\necho \"${@: -1}\" >>\"$CALLS\"\nexec -a \"$0\" tracevet \"$@\"\n")
	if err := os.Chmod(filepath.Join(tools, "vettool"), 0o777); err != nil {
		t.Fatal(err)
	}

	// machine returns what tracevet prints there, and how many packages it analysed.
	machine := func() (found string, analyses int) {
		t.Helper()
		home := t.TempDir()
		env := []string{
			"CALLS=" + filepath.Join(home, "calls"), "GOCACHE=" + filepath.Join(home, "gocache"),
			fmt.Sprintf("GOCACHEPROG=%s --cache-dir=%s --cache-server=%s", filepath.Join(tools, "go-cacher"), filepath.Join(home, "cacher"), store),
		}
		s.bash(1, "go vet -vettool='"+filepath.Join(tools, "vettool")+"' ./...", env...)
		calls, err := os.ReadFile(filepath.Join(home, "calls"))
		if err != nil {
			t.Fatal(err)
		}
		// The command itself, with what is cached by now.
		return s.bash(1, "tracevet -driver=vet ./...", env...), strings.Count(string(calls), ".cfg\n")
	}
	first, n := machine()
	if n < 20 || strings.Count(first, "\n") < 12 {
		t.Fatalf("the first machine analyses %d packages and finds\n%s", n, first)
	}
	second, n := machine()
	if n != 0 {
		t.Errorf("the second machine analyses %d packages", n)
	}
	if second != first {
		t.Errorf("the second machine finds\n%s\nthe first one\n%s", second, first)
	}
}

// startCacheServer starts the store and returns its URL.
func startCacheServer(t *testing.T, program string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	cmd := exec.Command(program, "-cache-dir", t.TempDir(), "-listen", addr)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for range 300 {
		if resp, err := http.Get("http://" + addr); err == nil {
			resp.Body.Close()
			return "http://" + addr
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("the store does not answer")
	return ""
}
