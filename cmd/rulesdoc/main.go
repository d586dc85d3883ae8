// The rulesdoc command writes the pages of the rules, docs/rules/<rule>.md, and
// their table, docs/rules/README.md, from the rules' doc.go files and the
// registry; and the JSON Schema of the configuration, docs/tracevet.schema.json. Run it in the root of the module:
//
//	go run ./cmd/rulesdoc
//	go run ./cmd/rulesdoc -check
//
// With -check it writes nothing, names the files that are out of date, and
// exits with status 1 if there are any.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config/schema"
)

func main() {
	check := flag.Bool("check", false, "name the files that are out of date, and write none")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: rulesdoc [-check]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	stale, err := run(filepath.Join("docs", "rules"), *check, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rulesdoc:", err)
		os.Exit(2)
	}
	staleSchema, err := writeSchema(filepath.Join("docs", "tracevet.schema.json"), *check, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rulesdoc:", err)
		os.Exit(2)
	}
	if *check && stale+staleSchema > 0 {
		fmt.Fprintln(os.Stderr, "rulesdoc: out of date; run: go run ./cmd/rulesdoc")
		os.Exit(1)
	}
}

// run brings dir up to date with the registry, or only names what is not if
// check is set. It prints the name of each file that was out of date to w, and
// returns how many there were.
func run(dir string, check bool, w io.Writer) (stale int, err error) {
	if _, err := os.Stat(filepath.Dir(dir)); err != nil {
		return 0, fmt.Errorf("not in the root of the module: %v", err)
	}
	pages, err := generate(analyzers.All())
	if err != nil {
		return 0, err
	}
	return update(dir, pages, check, w)
}

// writeSchema brings the file of the JSON Schema up to date, as run does the pages.
func writeSchema(file string, check bool, w io.Writer) (stale int, err error) {
	text, err := schema.Of(analyzers.All())
	if err != nil {
		return 0, err
	}
	text = append(text, '\n')
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, text) {
		return 0, nil
	}
	fmt.Fprintln(w, filepath.ToSlash(file))
	if check {
		return 1, nil
	}
	return 1, os.WriteFile(file, text, 0o666)
}

// update makes dir hold exactly pages, its files by name, as far as generated
// files go: it removes those of rules that are gone, and leaves alone what it
// did not write. The results are those of run.
func update(dir string, pages map[string][]byte, check bool, w io.Writer) (stale int, err error) {
	old, err := generatedFiles(dir)
	if err != nil {
		return 0, err
	}
	var names []string
	for name, text := range pages {
		if before, ok := old[name]; !ok || !bytes.Equal(before, text) {
			names = append(names, name)
		}
	}
	for name := range old {
		if _, ok := pages[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(dir, name)
		fmt.Fprintln(w, filepath.ToSlash(path))
		if check {
			continue
		}
		if text, ok := pages[name]; !ok {
			err = os.Remove(path)
		} else if err = os.MkdirAll(dir, 0o777); err == nil {
			err = os.WriteFile(path, text, 0o666)
		}
		if err != nil {
			return 0, err
		}
	}
	return len(names), nil
}

// generatedFiles returns the files in dir that this program wrote, by name.
// That dir does not exist is no error.
func generatedFiles(dir string) (map[string][]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if bytes.HasPrefix(text, []byte(marker)) {
			files[filepath.Base(name)] = text
		}
	}
	return files, nil
}
