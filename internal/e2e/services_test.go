package e2e

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestServices checks that tracevet finds in each sample service the faults
// that were planted in it, which the service's FAULTS.md lists, and no others.
func TestServices(t *testing.T) {
	all := vetFindings(t)
	lists, err := filepath.Glob(filepath.Join(testdata, "services", "*", "FAULTS.md"))
	if err != nil || len(lists) == 0 {
		t.Fatalf("there are %d sample services with a FAULTS.md (error %v)", len(lists), err)
	}
	for _, list := range lists {
		dir := filepath.Dir(list)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			text, err := os.ReadFile(list)
			if err != nil {
				t.Fatal(err)
			}
			want := plantedFaults(string(text))
			if len(want) == 0 {
				t.Fatalf("%s has no table of faults", list)
			}
			var got []string
			for f := range all {
				posn, ok := strings.CutPrefix(f.posn, "services/"+filepath.Base(dir)+"/")
				if !ok || slices.Contains(optionalCategories, f.category) {
					continue
				}
				file, line := fileAndLine(t, posn)
				got = append(got, fmt.Sprintf("%s %s %s %s", file, function(t, filepath.Join(dir, file), line), f.rule, f.category))
			}
			slices.Sort(got)
			slices.Sort(want)
			for _, fault := range want {
				if i := slices.Index(got, fault); i >= 0 {
					got = slices.Delete(got, i, i+1)
				} else {
					t.Errorf("not found: %s", fault)
				}
			}
			for _, fault := range got {
				t.Errorf("found, but not planted: %s", fault)
			}
		})
	}
}

// plantedFaults returns the rows of the table of faults in a FAULTS.md, each as
// "file function rule category".
func plantedFaults(text string) []string {
	var faults []string
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) < 8 {
			continue // a row starts and ends with a bar
		}
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " `")
		}
		if _, err := strconv.Atoi(cells[1]); err == nil {
			faults = append(faults, strings.Join(cells[2:6], " "))
		}
	}
	return faults
}

func TestPlantedFaults(t *testing.T) {
	const text = "# Faults\n\n" +
		"| # | file | function | rule | category | the fault |\n|---|---|---|---|---|---|\n" +
		"| 1 | `a/b.go` | `f` | spanleak | path | some |\n| 12 | `c.go` | `g` | spanafterend | borrowed | words |\n"
	got := plantedFaults(text)
	if want := []string{"a/b.go f spanleak path", "c.go g spanafterend borrowed"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func fileAndLine(t *testing.T, posn string) (file string, line int) {
	t.Helper()
	file, rest, _ := strings.Cut(posn, ":")
	number, _, _ := strings.Cut(rest, ":")
	line, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("position %s: %v", posn, err)
	}
	return path.Clean(file), line
}

// function returns the name of the function that is declared around a line.
func function(t *testing.T, name string, line int) string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fset.Position(fn.Pos()).Line <= line && line <= fset.Position(fn.End()).Line {
			return fn.Name.Name
		}
	}
	return "-"
}
