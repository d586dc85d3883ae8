package gate

import (
	"crypto/sha256"
	"fmt"
	"regexp"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

var lineNumber = regexp.MustCompile(`\bline \d+`)

// fingerprint gives each finding a fingerprint: what stays the same when lines move, when the function
// moves to another place or file, and when files and directories get other names. It is made of the rule, the
// declaration around the finding, the message and the source line. Findings that have all that in
// common are counted, in the order of files and lines.
func fingerprint(findings []driver.Finding, files *files) {
	seen := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		o := files.outline(f.Pos.File)
		name := ""
		if d := o.at(f.Pos); d != nil {
			name = d.name
		}
		message := lineNumber.ReplaceAllString(f.Message, "line N")
		sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{f.Rule, f.Category, name, message, o.line(f.Pos.Line)}))
		print := fmt.Sprintf("%x", sum[:8])
		seen[print]++
		f.Fingerprint = fmt.Sprintf("%s:%d", print, seen[print])
	}
}
