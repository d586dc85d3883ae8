package report

import (
	"io"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// Diff prints changes as a unified diff that "git apply" and "patch -p1" take.
//
// The differences are those of the Go project's own internal/diff, which the Go
// contributors' module of copies publishes: what does not change stays aligned, and the
// package needs nothing but the standard library.
func Diff(w io.Writer, changes []driver.Change, dir string) error {
	for _, c := range changes {
		name := relative(dir, c.File)
		if _, err := w.Write(diff.Diff("a/"+name, c.Old, "b/"+name, c.New)); err != nil {
			return err
		}
	}
	return nil
}
