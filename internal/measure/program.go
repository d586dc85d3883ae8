package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A program is one that tools are measured on.
type program struct {
	name     string
	dir      string // of the copy
	packages int    // with all that it imports
	own      int
	edited   string // the file that is edited
	text     []byte // of the file
	edits    int
}

// newProgram copies the program in folder below dir, and compiles what it imports.
func newProgram(dir, folder string) *program {
	folder, err := filepath.Abs(folder)
	if err != nil {
		log.Fatal(err)
	}
	p := &program{name: filepath.Base(folder)}
	root := moduleRoot(folder)
	rel, err := filepath.Rel(root, folder)
	if err != nil {
		log.Fatal(err)
	}
	copied := filepath.Join(dir, p.name)
	if _, err := os.Stat(copied); err != nil {
		if err := os.CopyFS(copied, os.DirFS(root)); err != nil {
			log.Print(err) // links that lead out of the tree
		}
	}
	p.dir = filepath.Join(copied, rel)
	p.list()
	// With a tool of its own, so that no other one is warm afterwards.
	must(p.dir, nil, "go", "build", "./...")
	must(p.dir, nil, "go", "list", "-export", "-deps", "-test", "-f", "{{.Export}}", "./...")
	return p
}

// moduleRoot returns the folder of the module that folder is in.
func moduleRoot(folder string) string {
	for dir := folder; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			log.Fatalf("%s is in no module", folder)
		}
	}
}

// list counts packages, and finds the one of the program that most others of it import.
func (p *program) list() {
	out := must(p.dir, nil, "go", "list", "-e", "-deps", "-json=ImportPath,Dir,GoFiles,Imports,DepOnly", "./...")
	importers := make(map[string]int)
	files := make(map[string]string)
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var pkg struct {
			ImportPath, Dir  string
			GoFiles, Imports []string
			DepOnly          bool
		}
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		p.packages++
		if pkg.DepOnly || len(pkg.GoFiles) == 0 {
			continue
		}
		p.own++
		files[pkg.ImportPath] = filepath.Join(pkg.Dir, pkg.GoFiles[0])
		for _, imp := range pkg.Imports {
			importers[imp]++
		}
	}
	most := ""
	for path := range files {
		if most == "" || importers[path] > importers[most] || importers[path] == importers[most] && path < most {
			most = path
		}
	}
	p.edited = files[most]
	text, err := os.ReadFile(p.edited)
	if err != nil {
		log.Fatal(err)
	}
	if i := strings.Index(string(text), editMark); i >= 0 { // of a run before
		text = text[:i]
	}
	p.text = text
	p.edits = os.Getpid() << 10 // each edit is a new one
}

const editMark = "\n// measure\n"

// edit changes a file in a way that packages which import it do not see.
func (p *program) edit() {
	p.edits++
	text := fmt.Appendf(slices.Clone(p.text), "%sfunc _() int { return %d }\n", editMark, p.edits)
	if err := os.WriteFile(p.edited, text, 0o666); err != nil {
		log.Fatal(err)
	}
}
