// Package report prints the results of a run, one file of this package a format.
//
// All formats name files relative to a directory, the working directory of the
// user, with forward slashes.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// relative returns the name of a file as seen from dir. Both are absolute; if there is
// no way from dir to the file (other volume), the name stays absolute.
func relative(dir, file string) string {
	if file == "" {
		return ""
	}
	if rel, err := filepath.Rel(dir, file); err == nil {
		file = rel
	}
	return filepath.ToSlash(file)
}

// Summary prints one line on what a run found.
func Summary(w io.Writer, r driver.Result) {
	var b strings.Builder
	if n := len(r.Findings); n == 0 {
		fmt.Fprintf(&b, "no findings in %s", count(r.Packages, "package"))
	} else {
		in := make(map[string]bool)
		for _, f := range r.Findings {
			in[f.Package] = true
		}
		fmt.Fprintf(&b, "%s in %d of %s", count(n, "finding"), len(in), count(r.Packages, "package"))
		switch fixable := r.Fixable(); {
		case fixable == 0:
			b.WriteString(", none with a fix")
		case fixable == n:
			b.WriteString(", all with a fix (tracevet -fix)")
		default:
			fmt.Fprintf(&b, ", %d with a fix (tracevet -fix)", fixable)
		}
	}
	if n := len(r.Errors); n > 0 {
		fmt.Fprintf(&b, "; %s", count(n, "error"))
	}
	fmt.Fprintf(w, "tracevet: %s\n", b.String())
}

// count returns "1 noun" or "n nouns".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
