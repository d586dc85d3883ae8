package config

import (
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"
)

// Find returns the configuration of the module that dir is in: the nearest one in the root of the module or
// above; "" if there is none. It does not look above the root of a git repository: what is
// in a home directory is not about a module in it. Outside of a module it starts at dir.
func Find(dir string) string {
	for dir := ModuleRoot(dir); ; dir = filepath.Dir(dir) {
		if file := filepath.Join(dir, Name); isFile(file) {
			return file
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// Nearby returns the configurations of all modules that a build in dir may analyse: that of the module, and
// those of the modules of a workspace.
func Nearby(dir string) []string {
	var files []string
	add := func(dir string) {
		if file := Find(dir); file != "" && !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	add(dir)
	work := Workspace(dir)
	data, err := os.ReadFile(work)
	if err != nil {
		return files
	}
	f, err := modfile.ParseWork(work, data, nil)
	if err != nil {
		return files // the go command will say so
	}
	for _, use := range f.Use {
		path := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(work), path)
		}
		add(path)
	}
	return files
}

// Workspace returns the go.work that counts in dir; "" if there is none, or it is off.
func Workspace(dir string) string {
	work := os.Getenv("GOWORK")
	if work == "" {
		work = filepath.Join(above(dir, "go.work"), "go.work")
	}
	if !isFile(work) {
		return ""
	}
	return work
}

// ModuleRoot returns the root of the module that dir is in; dir itself, if there is none.
func ModuleRoot(dir string) string { return above(dir, "go.mod") }

// above returns the nearest directory, dir or one above it, that has a file of the given name; dir
// if there is none.
func above(dir, name string) string {
	for up := dir; ; up = filepath.Dir(up) {
		if isFile(filepath.Join(up, name)) {
			return up
		}
		if up == filepath.Dir(up) {
			return dir
		}
	}
}

func isFile(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.Mode().IsRegular()
}
