package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// baselineVersion is that of the format of the file.
const baselineVersion = 1

// A baseline is a list of findings that are known. Only fingerprints are compared; the rest is
// for people who look at the file, or at a change of it.
type baseline struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`

	prints map[string]bool
}

type baselineEntry struct {
	Rule        string `json:"rule"`
	File        string `json:"file"`
	Message     string `json:"message"`
	Fingerprint string `json:"fingerprint"`
}

func readBaseline(name string) (*baseline, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no baseline %s; -write-baseline writes one", name)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline: %w", err)
	}
	b := &baseline{prints: make(map[string]bool)}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(b); err != nil {
		return nil, fmt.Errorf("the baseline %s is broken: %v; -write-baseline writes a new one", name, err)
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("the baseline %s has version %d, which this tracevet does not know; -write-baseline writes a new one", name, b.Version)
	}
	for _, e := range b.Findings {
		b.prints[e.Fingerprint] = true
	}
	return b, nil
}

// has reports whether a finding is in the baseline; a nil baseline has none.
func (b *baseline) has(print string) bool { return b != nil && b.prints[print] }

// WriteBaseline writes findings, which have passed a gate, as a baseline. File
// names are relative to root.
func WriteBaseline(w io.Writer, findings []driver.Finding, root string) error {
	b := baseline{Version: baselineVersion, Findings: []baselineEntry{}}
	for _, f := range findings {
		name := f.Pos.File
		if rel, err := filepath.Rel(root, name); err == nil {
			name = rel
		}
		b.Findings = append(b.Findings, baselineEntry{f.Rule, filepath.ToSlash(name), lineNumber.ReplaceAllString(f.Message, "line N"), f.Fingerprint})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(b)
}
