package e2e

import (
	"bytes"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var determinism = flag.Int("determinism", 0, "run TestDeterminism this many times with each driver, on all fixtures, instead of twice on one service")

// TestDeterminism checks that all rules, with all options, print the same bytes each time, whatever runs at the same time
// as what: with one unit or processor after the other, or eight side by side, in both drivers.
func TestDeterminism(t *testing.T) {
	bin := programs(t)
	rounds, pattern := 2, "./services/checkout/..."
	if *determinism > 0 {
		rounds, pattern = *determinism, "./..."
	}
	text, err := os.ReadFile(filepath.Join(bin, "tracevet"))
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	var firstName string
	for round := range rounds {
		for _, driver := range []string{"inprocess", "vet"} {
			n := []int{1, 8, 3}[round%3]
			name := fmt.Sprintf("driver %s, round %d, %d at a time", driver, round+1, n)
			// Another program for the go command, which would else replay what it knows.
			tool := filepath.Join(t.TempDir(), "tracevet")
			if err := os.WriteFile(tool, append(bytes.Clone(text), rand.Text()...), 0o777); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(tool, append([]string{"-json", "-test", "-driver=" + driver, "-rules=" + strings.Join(ruleNames(), ",")}, append(optionFlags(), pattern)...)...)
			cmd.Dir = testdata
			// The last of two flags counts.
			cmd.Env = append(os.Environ(), "GOWORK=off", fmt.Sprintf("GOMAXPROCS=%d", n), fmt.Sprintf("GOFLAGS=%s -p=%d", os.Getenv("GOFLAGS"), n))
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, _ := cmd.Output()
			if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
				t.Fatalf("%s: %v\n%s", name, cmd.ProcessState, tail(stderr.Bytes()))
			}
			if first == nil {
				first, firstName = out, name
				continue
			}
			if !bytes.Equal(out, first) {
				compare(t, firstName, decodeTracevet(t, first), name, decodeTracevet(t, out))
				t.Fatalf("%s prints %d bytes, %s prints %d others", firstName, len(first), name, len(out))
			}
		}
	}
	if n := len(decodeTracevet(t, first)); n < 10 {
		t.Errorf("%d findings show nothing", n)
	}
}
