package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// GitHub prints findings as workflow commands, which GitHub Actions turns into annotations of
// the changed files:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-a-warning-message
//
// GitHub shows ten of each level a step; the rest is in the log.
func GitHub(w io.Writer, in Input) error {
	for _, f := range in.Findings {
		level := map[driver.Severity]string{driver.SevError: "error", driver.Warning: "warning", driver.Info: "notice"}[severity(f)]
		var props []string
		prop := func(name, value string) { props = append(props, name+"="+escapeProperty(value)) }
		if f.Pos.File != "" {
			prop("file", relative(in.Root, f.Pos.File))
		}
		if f.Pos.Line > 0 {
			prop("line", fmt.Sprint(f.Pos.Line))
			if hasEnd(f.Pos, f.End) {
				prop("endLine", fmt.Sprint(f.End.Line))
			}
			// Columns are allowed within one line only.
			if f.Pos.Column > 0 && (f.End.Line == f.Pos.Line || !hasEnd(f.Pos, f.End)) {
				prop("col", fmt.Sprint(f.Pos.Column))
				if hasEnd(f.Pos, f.End) {
					prop("endColumn", fmt.Sprint(f.End.Column))
				}
			}
		}
		prop("title", "tracevet: "+f.Rule)
		msg := f.Message
		for _, rel := range f.Related {
			msg += fmt.Sprintf("\n%s: %s", position(rel.Pos, in.Root), rel.Message)
		}
		if f.URL != "" {
			msg += "\n" + f.URL
		}
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", level, strings.Join(props, ","), escapeData(msg)); err != nil {
			return err
		}
	}
	return nil
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string     { return dataEscapes.Replace(s) }
func escapeProperty(s string) string { return propertyEscapes.Replace(s) }
