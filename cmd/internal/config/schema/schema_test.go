package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/cmd/internal/config"
)

func registry() []analyzers.Rule {
	leak := &analysis.Analyzer{Name: "leak"}
	leak.Flags.Int("depth", 3, "")
	return []analyzers.Rule{{Analyzer: leak, Group: analyzers.Default}, {Analyzer: &analysis.Analyzer{Name: "picky"}, Group: analyzers.OptIn}}
}

func read(t *testing.T, text string) (*config.File, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), config.Name)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return config.Read(file, registry())
}

// TestSchema checks that the schema accepts what Read accepts, and refuses what it refuses, as far as
// a schema can tell.
func TestSchema(t *testing.T) {
	text, err := Of(registry())
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for config, want := range map[string]bool{
		"enable: [picky, opt-in]\nseverity: {leak: error, ignore: info}\n":                             true,
		"options: {leak: {depth: 3}}\ntests: true\nfail-on: none\nexclude: [a, b/**]\n":                true,
		"knowledge: {example.com/x: {T.F: {role: StartSpan, span: 1, ctx: 0}, G: {role: NoReturn}}}\n": true,
		"enabel: [picky]\n":                               false,
		"enable: [pickyy]\n":                              false,
		"enable: picky\n":                                 false,
		"severity: {leak: bad}\n":                         false,
		"severity: {leek: error}\n":                       false,
		"fail-on: now\n":                                  false,
		"options: {leak: {depht: 3}}\n":                   false,
		"options: {picky: {x: 3}}\n":                      false,
		"knowledge: {example.com/x: {F: {role: Starts}}}": false,
		"knowledge: {example.com/x: {F: {span: 1}}}":      false,
		"tests: perhaps\n":                                false,
	} {
		var v any
		if err := yaml.Unmarshal([]byte(config), &v); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if v, err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); (err == nil) != want {
			t.Errorf("%q: the schema says %v", config, err)
		}
		if _, err := read(t, config); (err == nil) != want {
			t.Errorf("%q: Read says %v", config, err)
		}
	}
}
