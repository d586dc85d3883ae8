package report

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// A codeQuality is an entry of GitLab's code quality report:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type codeQuality struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"` // unique in the report
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"` // relative to the root of the repository, without "./"
		Lines struct {
			Begin int `json:"begin"`
			End   int `json:"end,omitempty"`
		} `json:"lines"`
	} `json:"location"`
}

// GitLab prints findings as a code quality report.
func GitLab(w io.Writer, in Input) error {
	issues := []codeQuality{}
	seen := make(map[string]int)
	for _, f := range in.Findings {
		q := codeQuality{Description: f.Message, CheckName: f.Rule}
		q.Severity = map[driver.Severity]string{driver.SevError: "critical", driver.Warning: "major", driver.Info: "info"}[severity(f)]
		q.Location.Path = relative(in.Root, f.Pos.File)
		q.Location.Lines.Begin = max(1, f.Pos.Line)
		if hasEnd(f.Pos, f.End) {
			q.Location.Lines.End = f.End.Line
		}
		print := f.Fingerprint
		if print == "" {
			print = f.Rule + "\n" + q.Location.Path + "\n" + f.Message
		}
		q.Fingerprint = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s %d", print, seen[print])))
		seen[print]++
		issues = append(issues, q)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	return enc.Encode(issues)
}
