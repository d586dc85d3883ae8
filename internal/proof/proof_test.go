package proof

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/analyzers"
)

var update = flag.Bool("update", false, "write what the run gives: docs/proof.md, the pictures, the table of the README")
var recount = flag.Bool("recount", false, "forget how many spans to wait for, and write it anew: testdata/counts.json")
var only = flag.String("only", "", "for work on a service: run this one, and print its traces")

const countsFile = "testdata/counts.json"

func TestProof(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and runs the sample services")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git, which applies the patches")
	}
	dir := t.TempDir()
	tracevet := filepath.Join(dir, "tracevet")
	if out, err := exec.Command("go", "build", "-o", tracevet, "../../cmd/tracevet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	known := make(knownCounts)
	if !*recount {
		text, err := os.ReadFile(countsFile)
		if err == nil {
			err = json.Unmarshal(text, &known)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var rules []string
	for _, r := range analyzers.All() {
		rules = append(rules, r.Name)
	}
	prover := Prover{
		Testdata: "../../testdata", Scratch: dir, Tracevet: tracevet, Rules: rules,
		Counts: func(service string, stage int) []Count { return known[service][stage] },
	}
	var services []Service
	for _, s := range Services() {
		if *only == "" || s.Name == *only {
			services = append(services, s)
		}
	}
	proofs, err := prover.Prove(services)
	if err != nil {
		t.Fatal(err)
	}
	if *only != "" || *update {
		for _, proof := range proofs {
			print(t, proof)
		}
	}
	for _, proof := range proofs {
		whole(t, proof)
	}
	if *only != "" {
		return
	}
	files, err := Files("../..", proofs)
	if err != nil {
		t.Fatal(err)
	}
	text, err := countsOf(proofs)
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, File{countsFile, text})
	for _, f := range files {
		old, err := os.ReadFile(f.Path)
		switch {
		case err == nil && bytes.Equal(old, f.Text):
		case *update || *recount:
			if err := os.WriteFile(f.Path, f.Text, 0o666); err != nil {
				t.Error(err)
			}
		default:
			t.Errorf("%s is not what the run gives (go test ./internal/proof -update writes it): %v", f.Path, difference(string(old), string(f.Text)))
		}
	}
}

// whole checks what is promised of a repaired service: each request that the caller
// samples is one tree below the caller's span, all of which arrives; others have no
// spans; nothing grows; tracevet is silent.
func whole(t *testing.T, p *Proof) {
	t.Helper()
	before, after := p.Runs[Before].Figures(p.Runs[Mended]), p.Runs[Mended].Figures(p.Runs[Mended])
	want := Figures{Requests: after.Requests, Whole: after.Requests, Pieces: after.Requests, Spans: after.Spans}
	if after != want || after.Requests == 0 {
		t.Errorf("%s, repaired: %+v, want %+v", p.Service.Name, after, want)
	}
	if before.Whole == before.Requests || before.Roots+before.Orphans == 0 || before.Unended == 0 || before.Wrong == 0 || before.Names == 0 {
		t.Errorf("%s is not broken in all ways: %+v", p.Service.Name, before)
	}
	for _, f := range p.Findings[Mended] {
		t.Errorf("%s:%d: %s (%s): after all repairs", f.Posn.File, f.Posn.Line, f.Message, f.Rule)
	}
	for _, f := range p.Findings[Fixed] {
		if len(f.Fixes) > 0 {
			t.Errorf("%s:%d: %s (%s): has a fix after two runs of tracevet -fix", f.Posn.File, f.Posn.Line, f.Message, f.Rule)
		}
	}
}

// difference returns the first line that differs.
func difference(old, now string) string {
	was, is := strings.Split(old, "\n"), strings.Split(now, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return fmt.Sprintf("line %d is\n%s\nand should be\n%s", i+1, was[i], is[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(was), len(is))
}

func print(t *testing.T, proof *Proof) {
	for stage, run := range proof.Runs {
		t.Logf("%s, stage %d: %+v", proof.Service.Name, stage, run.Figures(proof.Runs[Mended]))
		for n := range run.Asks {
			t.Logf("%s %s\n%s", run.Asks[n].Method, run.Asks[n].Path, run.trace(n).text())
		}
		for _, f := range proof.Findings[stage] {
			t.Logf("%s:%d: %s (%s, %s) %d fixes", f.Posn.File, f.Posn.Line, f.Message, f.Rule, f.Category, len(f.Fixes))
		}
	}
}
