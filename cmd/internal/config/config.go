// Package config reads the configuration of a module, .tracevet.yaml.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/tracevet/tracevet/analyzers"
)

// Name is that of the file.
const Name = ".tracevet.yaml"

// None is what -config may be to look for no file.
const None = "none"

// A File is a configuration and where it was found.
type File struct {
	analyzers.Config
	Path string // absolute
}

// Dir returns the directory that patterns are relative to.
func (f *File) Dir() string { return filepath.Dir(f.Path) }

// Read reads a configuration and checks it. Errors name the file and the line.
func Read(file string, registry []analyzers.Rule) (*File, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no configuration %s", file)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", err)
	}
	f := &File{Path: file}
	name := file
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, file); err == nil && !strings.HasPrefix(rel, "..") {
			name = rel
		}
	}
	err = yaml.NewDecoder(strings.NewReader(string(data)), yaml.Strict()).Decode(&f.Config)
	if err != nil && !errors.Is(err, io.EOF) { // a file of comments only is empty
		return nil, located(name, err)
	}
	var errs []error
	for _, p := range f.Check(registry) {
		errs = append(errs, fmt.Errorf("%s:%d: %w", name, lineOf(data, p.Path), p))
	}
	for i, pattern := range f.Exclude {
		if !doublestar.ValidatePattern(pattern) {
			errs = append(errs, fmt.Errorf("%s:%d: exclude.%d: bad pattern %q", name, lineOf(data, []string{"exclude", fmt.Sprint(i)}), i, pattern))
		}
	}
	return f, errors.Join(errs...)
}

// located returns an error of the YAML package as "file:line: message".
func located(name string, err error) error {
	if e, ok := errors.AsType[yaml.Error](err); ok && e.GetToken() != nil && e.GetToken().Position != nil {
		return fmt.Errorf("%s:%d: %s", name, e.GetToken().Position.Line, strings.TrimSpace(e.GetMessage()))
	}
	return fmt.Errorf("%s: %w", name, err)
}

// lineOf returns the line on which a value stands, or the nearest value around it that is there.
func lineOf(data []byte, path []string) int {
	file, err := parser.ParseBytes(data, 0)
	if err != nil || len(file.Docs) == 0 {
		return 1
	}
	node, line := file.Docs[0].Body, 1
	for _, key := range path {
		var next ast.Node
		switch n := node.(type) {
		case *ast.MappingNode:
			for _, v := range n.Values {
				if v.Key.GetToken().Value == key {
					next, line = v.Value, v.Key.GetToken().Position.Line
				}
			}
		case *ast.MappingValueNode:
			if n.Key.GetToken().Value == key {
				next, line = n.Value, n.Key.GetToken().Position.Line
			}
		case *ast.SequenceNode:
			for i, v := range n.Values {
				if fmt.Sprint(i) == key {
					next, line = v, v.GetToken().Position.Line
				}
			}
		}
		if next == nil {
			break
		}
		node = next
	}
	return line
}
