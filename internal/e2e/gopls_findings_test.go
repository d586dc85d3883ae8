package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tracevet/tracevet/internal/lsptest"
)

// TestGoplsFindings checks that gopls finds in the fixtures what the go command finds, and so what the want-comments say.
func TestGoplsFindings(t *testing.T) {
	gopls(t)
	dir := fixtures(t)
	write(t, filepath.Join(dir, ".tracevet.yaml"), "rules: [all]\noptions: "+optionSettings()+"\n")
	c := session(t, dir, t.TempDir(), nil)
	all := make(found)
	// One folder after the other: gopls holds what it has type-checked of the packages with open files.
	folders, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if folder.IsDir() {
			diagnoseFolder(t, c, dir, folder.Name(), all)
		}
	}
	c.Shutdown()

	vet := make(found)
	for f := range vetFindings(t) {
		f.fixes = ""
		vet[f] = true
	}
	compare(t, "go vet", vet, "gopls", all)
	compareWants(t, dir, all)
}

// diagnoseFolder opens all files in a folder of dir, adds to all what gopls finds in them by tracevet's rules, and closes them.
func diagnoseFolder(t *testing.T, c *lsptest.Client, dir, folder string, all found) {
	t.Helper()
	var files, uris []string
	err := filepath.WalkDir(filepath.Join(dir, folder), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".go" {
			files, uris = append(files, path), append(uris, lsptest.URI(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		c.Open(file)
	}
	c.Execute("gopls.diagnose_files", map[string]any{"Files": uris})
	rules := append(ruleNames(), "tracevet_config")
	for _, file := range files {
		text := c.Text(file)
		for _, d := range c.Diagnostics(file) {
			if !slices.Contains(rules, d.Source) {
				continue // of gopls itself
			}
			offset, ok := lsptest.Offset(text, d.Range.Start)
			if !ok {
				t.Errorf("%s: there is no position %v", file, d.Range.Start)
			}
			column := offset - strings.LastIndexByte(text[:offset], '\n')
			posn := fmt.Sprintf("%s:%d:%d", relative(t, dir, file), d.Range.Start.Line+1, column)
			all[finding{rule: d.Source, posn: posn, category: fmt.Sprint(d.Code), message: d.Message}] = true
		}
		c.Close(file)
	}
}
