package main

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
)

// A place is a line of a file below testdata.
type place struct {
	file string
	line int
}

// folder returns the folder of testdata that p is in.
func (p place) folder() string {
	folder, _, _ := strings.Cut(p.file, "/")
	return folder
}

// A planted fault is one in a service.
type planted struct {
	file, function, rule, category, text string
}

// faults are what there is to find.
type faults struct {
	lines    map[place]bool // of fixtures
	services []planted
}

// rules returns the names of the rules that have fixtures.
func rules() []string {
	var names []string
	for _, r := range analyzers.All() {
		if _, err := os.Stat(filepath.Join("testdata", r.Name)); err == nil {
			names = append(names, r.Name)
		}
	}
	return names
}

var (
	wanted = regexp.MustCompile("// want (?:\\+(\\d+) )?[\"`]")
	listed = regexp.MustCompile("(?m)^\\| *\\d+ *\\| *`([^`]+)` *\\| *`([^`]+)` *\\| *(\\w+) *\\| *([\\w-]+) *\\| *(.*?) *\\|$")
)

// readFaults reads the want-comments and the lists of planted faults below root.
func readFaults(root string) faults {
	all := faults{lines: make(map[place]bool)}
	walk := func(dir string, visit func(name, text string)) {
		err := filepath.WalkDir(filepath.Join(root, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			rel, relErr := filepath.Rel(root, name)
			visit(filepath.ToSlash(rel), string(data))
			return cmp.Or(err, relErr)
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	for _, rule := range rules() {
		walk(rule, func(name, text string) {
			if path.Ext(name) != ".go" {
				return
			}
			for i, line := range strings.Split(text, "\n") {
				if m := wanted.FindStringSubmatch(line); m != nil {
					offset, _ := strconv.Atoi(m[1]) // none is 0
					all.lines[place{name, i + 1 + offset}] = true
				}
			}
		})
	}
	walk("services", func(name, text string) {
		if path.Base(name) != "FAULTS.md" {
			return
		}
		for _, m := range listed.FindAllStringSubmatch(text, -1) {
			all.services = append(all.services, planted{path.Join(path.Dir(name), m[1]), m[2], m[3], m[4], m[5]})
		}
	})
	if len(all.lines) == 0 || len(all.services) == 0 {
		log.Fatal("there are no faults: something is wrong")
	}
	return all
}

// functions has the declarations of a file, in order.
type functions map[string][]declaration

type declaration struct {
	line int // on which it starts
	name string
}

// at returns the declaration that p is in: a function, most often.
func (in functions) at(p place) (place, string) {
	decls, ok := in[p.file]
	if !ok {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.Join("testdata", p.file), nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		add := func(n ast.Node, name string) { decls = append(decls, declaration{fset.Position(n.Pos()).Line, name}) }
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				add(d, d.Name.Name)
			case *ast.GenDecl:
				add(d, "")
				for _, spec := range d.Specs {
					add(spec, "")
				}
			}
		}
		in[p.file] = decls
	}
	i, exact := slices.BinarySearchFunc(decls, p.line, func(d declaration, line int) int { return cmp.Compare(d.line, line) })
	if !exact {
		i--
	}
	if i < 0 {
		return place{p.file, 1}, ""
	}
	return place{p.file, decls[i].line}, decls[i].name
}

// of returns the declarations that places are in.
func (in functions) of(places map[place]bool) map[place]bool {
	found := make(map[place]bool)
	for p := range places {
		at, _ := in.at(p)
		found[at] = true
	}
	return found
}
