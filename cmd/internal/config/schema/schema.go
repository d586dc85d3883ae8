// Package schema describes the configuration as a JSON Schema. It is no part of the
// tracevet command: only the generator of the documentation needs it.
package schema

import (
	"encoding/json"
	"flag"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tracevet/tracevet/analyzers"
	"github.com/tracevet/tracevet/passes/knowledge"
)

// Of returns the JSON Schema (draft 2020-12) of the configuration: what the structure
// says, and the names of the rules. Editors check and complete the file by it.
func Of(registry []analyzers.Rule) ([]byte, error) {
	s, err := jsonschema.For[analyzers.Config](nil)
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.ID = "https://raw.githubusercontent.com/tracevet/tracevet/main/docs/tracevet.schema.json"
	s.Title = "The configuration of tracevet, .tracevet.yaml"
	var rules []string
	options := make(map[string]*jsonschema.Schema)
	for _, r := range registry {
		rules = append(rules, r.Name)
		props := make(map[string]*jsonschema.Schema)
		r.Flags.VisitAll(func(f *flag.Flag) { props[f.Name] = &jsonschema.Schema{Description: f.Usage} })
		if len(props) > 0 {
			options[r.Name] = &jsonschema.Schema{Type: "object", Properties: props, AdditionalProperties: never()}
		}
	}
	lists := enum(slices.Concat(rules, analyzers.Groups()))
	for _, name := range []string{"rules", "enable", "disable"} {
		p := s.Properties[name]
		p.Type, p.Types = "array", nil
		p.Items = &jsonschema.Schema{Enum: lists}
	}
	s.Properties["exclude"].Type, s.Properties["exclude"].Types = "array", nil
	severity := s.Properties["severity"]
	severity.PropertyNames = &jsonschema.Schema{Enum: enum(append(rules, analyzers.IgnoreRule))}
	severity.AdditionalProperties = &jsonschema.Schema{Enum: enum(analyzers.Severities)}
	s.Properties["fail-on"].Enum = enum(analyzers.Thresholds)
	s.Properties["options"].Properties, s.Properties["options"].AdditionalProperties = options, never()
	fact := s.Properties["knowledge"].AdditionalProperties.AdditionalProperties
	fact.Properties["role"].Enum = enum(knowledge.RoleNames())
	return json.MarshalIndent(s, "", "\t")
}

func enum(values []string) []any {
	var list []any
	for _, v := range values {
		list = append(list, v)
	}
	return list
}

// never is the schema that nothing matches.
func never() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }
