package driver

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
)

// keepFixes runs a unit of "go vet -fix" or "go fix" in a child process, and returns the
// status to exit with.
//
// Of two fixes that conflict, unitchecker keeps one, puts all fixes that merge
// into the archive, and exits with 1. At that the go command throws the archive away, so
// that one conflict loses all fixes of a package, on every run. But unitchecker ends the
// process itself, so only a parent can turn that status into success. It does so if there
// is a fix in the archive; the next run finds the one that was left over.
//
// tracevet's own -fix does not come here.
func keepFixes(args []string, archive string) int {
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	cmd := exec.Command(self, slices.Concat([]string{childArg}, args)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	if err == nil {
		return 0
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return 1 // the unit failed before there were any fixes
	}
	defer zr.Close()
	if len(zr.File) == 0 {
		return 1
	}
	return 0
}
