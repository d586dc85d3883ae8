package proof

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/tracevet/tracevet/analyzers"
)

var update = flag.Bool("update", false, "write what the run gives: testdata/counts.json, docs/proof.md, and the pictures")
var only = flag.String("only", "", "for work on a service: run this one, and print its traces")

const countsFile = "testdata/counts.json"

// counts says how many spans start and end in each request, by service and stage. The
// test waits for as many.
type counts map[string][stages][]Count

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
	known := make(counts)
	if !*update {
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
