package driver

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A goenv holds settings of the go command. The zero goenv is that of one that does not answer.
type goenv struct {
	known   bool
	modules bool     // it works on modules
	work    string   // the go.work in use, if any
	flags   []string // those that each command has
	cache   string   // the directory of its cache
}

// env asks for the settings, which takes some milliseconds.
func (g *gocmd) env(ctx context.Context) goenv {
	values := Env(ctx, g.dir, "GO111MODULE", "GOWORK", "GOFLAGS", "GOCACHE")
	if values == nil {
		return goenv{}
	}
	e := goenv{known: true, modules: values[0] != "off", work: values[1], flags: strings.Fields(values[2]), cache: values[3]}
	if e.work == "off" {
		e.work = ""
	}
	return e
}

// envOnce returns a function that asks for the settings when it is first called, and knows them from then on: they do not
// change while a run lasts, whose rounds ask several times.
func (g *gocmd) envOnce() func(context.Context) goenv {
	var e goenv
	return func(ctx context.Context) goenv {
		if !e.known {
			e = g.env(ctx)
		}
		return e
	}
}

// overlay reports whether the flags replace files.
func (e goenv) overlay() bool { return hasFlag(e.flags, "overlay") }

// isPlain reports whether the directories of a module tell its packages, with the flags of a command besides.
func (e goenv) isPlain(flags []string) bool {
	flags = slices.Concat(e.flags, flags)
	return e.known && e.modules && e.work == "" && !hasFlag(flags, "overlay") && !hasFlag(flags, "modfile")
}

// nothingCompiled reports whether there are hardly any compiled packages in the cache. Those are large files; what the go
// command notes about modules and packages when it lists them is small, but for some.
func (e goenv) nothingCompiled() bool {
	const many, large = 40, 100 << 10
	found := 0
	for i := range 256 { // over which the go command spreads what it has
		dir, err := os.Open(filepath.Join(e.cache, fmt.Sprintf("%02x", i)))
		if err != nil {
			continue
		}
		names, _ := dir.Readdirnames(-1)
		dir.Close()
		for _, name := range names {
			if !strings.HasSuffix(name, "-d") { // the others are keys
				continue
			}
			if st, err := os.Stat(filepath.Join(dir.Name(), name)); err == nil && st.Size() >= large {
				if found++; found == many {
					return false
				}
			}
		}
	}
	return e.known
}

// hasFlag reports whether there is a flag of the given name among flags.
func hasFlag(flags []string, name string) bool {
	return slices.ContainsFunc(flags, func(flag string) bool {
		flag, _, _ = strings.Cut(strings.TrimLeft(flag, "-"), "=")
		return flag == name
	})
}
