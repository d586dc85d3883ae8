package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTable checks that the table in the tree is what the source makes.
func TestTable(t *testing.T) {
	name := filepath.Join("..", "..", "passes", "knowledge", "semconv_table.go")
	if fresh, err := run(name, true); err != nil || !fresh {
		t.Errorf("%s is up to date: %v, %v; run: go run ./cmd/semconvgen", name, fresh, err)
	}
}

func TestRun(t *testing.T) {
	name := filepath.Join(t.TempDir(), "table.go")
	for _, step := range []struct {
		check, want, exists bool
	}{{true, false, false}, {false, false, true}, {true, true, true}, {false, true, true}} {
		fresh, err := run(name, step.check)
		_, statErr := os.Stat(name)
		if err != nil || fresh != step.want || (statErr == nil) != step.exists {
			t.Fatalf("check=%v: got %v, %v, file: %v", step.check, fresh, err, statErr)
		}
	}
}

func TestGenerate(t *testing.T) {
	const head = "old\tnew\tsince\tmechanical\tkind\treason\tnote\ta\tb\tc\n"
	row := func(old, mechanical, kind string) string {
		return strings.Join([]string{old, "new.key", "v1.2.0", mechanical, kind, "renamed", "short | long", "OldKey", "v1.1.0", "NewKey"}, "\t") + "\n"
	}
	text, err := generate(head + row("a", "yes", "attribute") + row("b", "no", "attribute") + row("c", "review", "attribute") + row("d", "yes", "metric"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`{"a", "new.key", "v1.2.0", true, ""},`, `{"b", "new.key", "v1.2.0", false, "short"},`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), `"c"`) || strings.Contains(string(text), `"d"`) {
		t.Errorf("the table has what only the schema has, or a metric:\n%s", text)
	}
	// An attribute that other conventions describe now has kept its name.
	text, err = generate(head + "d\t\tv1.2.0\tno\tattribute\tuncategorized\tMoved to the [other repository](https://example.com).\tDKey\tv1.1.0\t\n")
	if err != nil || strings.Contains(string(text), `"d"`) {
		t.Errorf("the table has what kept its name: %v\n%s", err, text)
	}
	for _, bad := range []string{head + "a\tb\n", head + row("b", "yes", "attribute") + row("a", "yes", "attribute")} {
		if _, err := generate(bad); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}
