package driver

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// trimsPaths reports whether the user's settings make the go command hold checkouts in different directories for the same
// one: with -trimpath it leaves the directories of packages out of the keys of its cache. What go vet prints has the names of files in it, so that of
// one checkout would be replayed for another.
//
// It reads what the go command reads, the variable GOFLAGS and the file of "go env -w", and does not ask it: this is part of the
// answer to a question of the go command, and that of each run. -trimpath on the command line cannot be seen here.
func trimsPaths() bool {
	flags := os.Getenv("GOFLAGS")
	if flags == "" {
		flags = savedFlags()
	}
	return slices.ContainsFunc(strings.Fields(flags), func(flag string) bool {
		name, value, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		return name == "trimpath" && (value == "" || strings.ContainsAny(value[:1], "1tT"))
	})
}

// savedFlags returns the value that "go env -w" has given to GOFLAGS, or "".
func savedFlags() string {
	name := os.Getenv("GOENV")
	if name == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		name = filepath.Join(dir, "go", "env")
	}
	file, err := os.Open(name) // "off" is none
	if err != nil {
		return ""
	}
	defer file.Close()
	flags := ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "GOFLAGS="); ok {
			flags = value
		}
	}
	return flags
}
