package goplsbuild

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

const modulePath = "github.com/tracevet/tracevet"

// An origin is where tracevet's source comes from.
type origin struct {
	dir     string // its root, for a clone; empty for a version from the module proxy
	version string
}

// findSelf returns the origin of the tracevet to build in: the given directory, or where this program was built from, which
// is a clone or a version.
func findSelf(dir string) (*origin, error) {
	const unversioned = "v0.0.0" // a directory replaces it
	if dir != "" {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		if !isRoot(dir) {
			return nil, fmt.Errorf("-source: %s is not the root of a clone of %s", dir, modulePath)
		}
		return &origin{dir, unversioned}, nil
	}
	// With -trimpath the name is that of the package, and no directory.
	if _, file, _, ok := runtime.Caller(0); ok && filepath.IsAbs(file) && !strings.Contains(file, "@") {
		if dir := filepath.Join(filepath.Dir(file), "..", "..", ".."); isRoot(dir) {
			return &origin{dir, unversioned}, nil
		}
	}
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == modulePath {
		version = info.Main.Version
	}
	if !semver.IsValid(version) || semver.Build(version) != "" { // +dirty is one of somebody's clone
		return nil, errors.New("this program was built from a clone that is not there any more: -source=DIR says where one is")
	}
	return &origin{"", version}, nil
}

// isRoot reports whether dir is the root of tracevet's module.
func isRoot(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(data) == modulePath
}

// sums returns the go.sum of a clone. For a version, the go command looks the sums up.
func (o *origin) sums() []byte {
	if o.dir == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(o.dir, "go.sum"))
	if err != nil {
		return nil
	}
	return data
}
