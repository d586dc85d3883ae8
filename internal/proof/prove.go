package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// The stages of a service: as it is, after tracevet -fix, and after the patch for
// what tracevet leaves to a person.
const (
	Before = iota
	Fixed
	Mended
	stages
)

// A Proof is what was seen of a service in its stages.
type Proof struct {
	Service  Service
	Runs     [stages]*Run
	Findings [stages][]Finding
}

// A Finding is one that tracevet reports.
type Finding struct {
	Rule, Category, Message string
	Posn                    struct {
		File string
		Line int
	}
	Fixes []json.RawMessage
}

// A Prover proves services on copies of theirs.
type Prover struct {
	Testdata string   // the module of the fixtures
	Scratch  string   // an empty folder, for the copy
	Tracevet string   // the program
	Rules    []string // to run: all of them
	// Counts returns how many spans to wait for in each request of a stage, or nil
	// if that is not known yet.
	Counts func(service string, stage int) []Count
}

// Prove runs services in their stages. It fails if one cannot be built, does not
// reply as expected, or if the tests of a fixed one fail.
func (p Prover) Prove(services []Service) ([]*Proof, error) {
	dir := filepath.Join(p.Scratch, "testdata")
	if err := p.copy(dir, services); err != nil {
		return nil, err
	}
	var packages []string
	var proofs []*Proof
	for _, s := range services {
		packages = append(packages, "./services/"+s.Name+"/...")
		proofs = append(proofs, &Proof{Service: s})
	}
	for stage := range stages {
		if err := p.stage(stage, dir, packages, proofs); err != nil {
			return nil, fmt.Errorf("stage %d: %w", stage, err)
		}
	}
	return proofs, nil
}

// stage brings the services to a stage, and runs them.
func (p Prover) stage(stage int, dir string, packages []string, proofs []*Proof) error {
	if stage == Fixed {
		if err := p.fix(dir, packages); err != nil {
			return err
		}
	}
	if stage == Mended {
		for _, proof := range proofs {
			if err := mend(dir, proof.Service); err != nil {
				return err
			}
		}
	}
	findings, err := p.findings(dir, packages)
	if err == nil && stage == Fixed && slices.ContainsFunc(findings, func(f Finding) bool { return len(f.Fixes) > 0 }) {
		// A fix may have made another possible: a second run is promised to be enough.
		if err = p.fix(dir, packages); err == nil {
			findings, err = p.findings(dir, packages)
		}
	}
	if err != nil {
		return err
	}
	if stage != Before {
		if _, err := command(dir, nil, "go", append([]string{"test", "-vet=off", "-ldflags=-s -w"}, packages...)...); err != nil {
			return err
		}
	}
	into := filepath.Join(p.Scratch, fmt.Sprint("stage", stage))
	if err := os.MkdirAll(into, 0o777); err != nil {
		return err
	}
	if err := build(dir, into, proofs); err != nil {
		return err
	}
	for _, proof := range proofs {
		s := proof.Service
		for _, f := range findings {
			if strings.HasPrefix(f.Posn.File, "services/"+s.Name+"/") {
				proof.Findings[stage] = append(proof.Findings[stage], f)
			}
		}
		if proof.Runs[stage], err = Start(filepath.Join(into, s.Name), s, p.Counts(s.Name, stage)); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return nil
}

// copy copies services and the files of their module to dir.
func (p Prover) copy(dir string, services []Service) error {
	for _, s := range services {
		service := filepath.Join("services", s.Name)
		if err := os.CopyFS(filepath.Join(dir, service), os.DirFS(filepath.Join(p.Testdata, service))); err != nil {
			return err
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(p.Testdata, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// build builds the commands of the services in dir, each with the probe laid over it.
func build(dir, into string, proofs []*Proof) error {
	probe, err := filepath.Abs(filepath.Join("testdata", "probe", "probe.go"))
	if err != nil {
		return err
	}
	replace := make(map[string]string)
	args := []string{"build", "-ldflags=-s -w", "-overlay=" + filepath.Join(into, "overlay.json"), "-o=" + into}
	for _, proof := range proofs {
		command := filepath.Join("services", proof.Service.Name, "cmd", proof.Service.Name)
		replace[filepath.Join(dir, command, "zz_probe.go")] = probe
		args = append(args, "./"+filepath.ToSlash(command))
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(into, "overlay.json"), overlay, 0o666); err != nil {
		return err
	}
	_, err = command(dir, nil, "go", args...)
	return err
}

// fix fixes what can be.
func (p Prover) fix(dir string, packages []string) error {
	_, err := command(dir, []int{1}, p.Tracevet, append(p.flags("-fix"), packages...)...)
	return err
}

func (p Prover) flags(more string) []string {
	return []string{"-config=none", "-rules=" + strings.Join(p.Rules, ","), more}
}

// mend applies the patch beside the service.
func mend(dir string, s Service) error {
	service := filepath.Join(dir, "services", s.Name)
	patch := filepath.Join(service, "mend.patch")
	if _, err := os.Stat(patch); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	_, err := command(service, nil, "git", "apply", "-p1", patch)
	return err
}

// findings returns what tracevet reports, in its order.
func (p Prover) findings(dir string, packages []string) ([]Finding, error) {
	out, err := command(dir, []int{1}, p.Tracevet, append(p.flags("-json"), packages...)...)
	if err != nil {
		return nil, err
	}
	var doc struct {
		Findings []Finding
		Errors   []json.RawMessage
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		return nil, err
	}
	if len(doc.Errors) > 0 {
		return nil, fmt.Errorf("tracevet: %s", doc.Errors)
	}
	return doc.Findings, nil
}

// command runs a command in dir. The exit status has to be in statuses, or 0.
func command(dir string, statuses []int, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil && errors.As(err, new(*exec.ExitError)) && slices.Contains(statuses, cmd.ProcessState.ExitCode()) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", filepath.Base(name), strings.Join(args, " "), err, out.Bytes(), errs.Bytes())
	}
	return out.Bytes(), nil
}
