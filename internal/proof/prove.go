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

// A Prover proves services on a copy of theirs.
type Prover struct {
	Testdata string   // the module of the fixtures
	Scratch  string   // an empty folder, for the copy
	Tracevet string   // the program
	Rules    []string // to run: all of them
	// Counts returns how many spans to wait for in each request of a stage, or nil
	// if that is not known yet.
	Counts func(service string, stage int) []Count
}

// Prove runs a service in its stages. It fails if a service cannot be built, does not
// reply as expected, or if the tests of a fixed service fail.
func (p Prover) Prove(s Service) (*Proof, error) {
	dir, err := p.copy(s)
	if err != nil {
		return nil, err
	}
	proof := &Proof{Service: s}
	packages := "./services/" + s.Name + "/..."
	for stage := range stages {
		switch stage {
		case Fixed:
			err = p.fix(dir, packages)
		case Mended:
			err = mend(dir, s)
		}
		if err != nil {
			return nil, fmt.Errorf("stage %d: %w", stage, err)
		}
		if proof.Findings[stage], err = p.findings(dir, packages); err != nil {
			return nil, fmt.Errorf("stage %d: %w", stage, err)
		}
		if stage != Before {
			if _, err := command(dir, nil, "go", "test", "-vet=off", packages); err != nil {
				return nil, fmt.Errorf("stage %d: %w", stage, err)
			}
		}
		into := filepath.Join(p.Scratch, fmt.Sprint(s.Name, stage))
		if err := os.MkdirAll(into, 0o777); err != nil {
			return nil, err
		}
		program, err := Build(dir, into, s)
		if err != nil {
			return nil, fmt.Errorf("stage %d: %w", stage, err)
		}
		if proof.Runs[stage], err = Start(program, s, p.Counts(s.Name, stage)); err != nil {
			return nil, fmt.Errorf("stage %d: %w", stage, err)
		}
	}
	return proof, nil
}

// copy copies a service and the files of its module.
func (p Prover) copy(s Service) (string, error) {
	dir := filepath.Join(p.Scratch, s.Name)
	service := filepath.Join("services", s.Name)
	err := os.CopyFS(filepath.Join(dir, service), os.DirFS(filepath.Join(p.Testdata, service)))
	for _, name := range []string{"go.mod", "go.sum"} {
		if err == nil {
			var text []byte
			if text, err = os.ReadFile(filepath.Join(p.Testdata, name)); err == nil {
				err = os.WriteFile(filepath.Join(dir, name), text, 0o666)
			}
		}
	}
	return dir, err
}

// fix fixes what can be: one run of tracevet -fix, or two.
func (p Prover) fix(dir, packages string) error {
	for range 2 {
		_, err := command(dir, []int{0, 1}, p.Tracevet, "-config=none", "-rules="+strings.Join(p.Rules, ","), "-fix", packages)
		if err != nil {
			return err
		}
	}
	return nil
}

// mend applies the patch beside the service.
func mend(dir string, s Service) error {
	patch := filepath.Join(dir, "services", s.Name, "mend.patch")
	if _, err := os.Stat(patch); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	_, err := command(filepath.Join(dir, "services", s.Name), nil, "git", "apply", patch)
	return err
}

// findings returns what tracevet reports, in its order.
func (p Prover) findings(dir, packages string) ([]Finding, error) {
	out, err := command(dir, []int{0, 1}, p.Tracevet, "-config=none", "-rules="+strings.Join(p.Rules, ","), "-json", packages)
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
