package knowledge

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Fact is a row of the table as users write it in their configuration.
type Fact struct {
	Role string `json:"role" yaml:"role" jsonschema:"What the function does."`
	Span int    `json:"span,omitempty" yaml:"span" jsonschema:"The index of the span, among the results (StartSpan, BorrowSpan) or the parameters (PutSpan), from 0."`
	Ctx  *int   `json:"ctx,omitempty" yaml:"ctx" jsonschema:"The index of the context among the results of a StartSpan, if it returns one."`
}

// roles are those that a user may give to a function, by name.
var roles = map[string]Role{
	"StartSpan":  StartSpan,
	"EndSpan":    EndSpan,
	"RecordSpan": RecordSpan,
	"ReadSpan":   ReadSpan,
	"BorrowSpan": BorrowSpan,
	"PutSpan":    PutSpan,
	"LookAt":     LookAt,
	"NoReturn":   NoReturn,
}

// RoleNames returns the roles that a user may give to a function.
func RoleNames() []string { return slices.Sorted(maps.Keys(roles)) }

// Check reports what is wrong with a row.
func (f Fact) Check() error {
	if _, ok := roles[f.Role]; !ok {
		return fmt.Errorf("%q is no role; the roles are %s", f.Role, strings.Join(RoleNames(), ", "))
	}
	if f.Span < 0 || f.Ctx != nil && *f.Ctx < 0 {
		return errors.New("an index cannot be negative")
	}
	return nil
}

// AddJSON adds rows to the table, for the rest of the process: a JSON object of import paths, each
// an object of function names. It must be called before any analysis. A row that is there
// already is replaced.
func AddJSON(text string) error {
	var extra map[string]map[string]Fact
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&extra); err != nil {
		return err
	}
	for path, facts := range extra {
		for name, f := range facts {
			if err := f.Check(); err != nil {
				return fmt.Errorf("%s.%s: %w", path, name, err)
			}
			fn := Func{Role: roles[f.Role], Span: f.Span, Ctx: -1}
			if f.Ctx != nil {
				fn.Ctx = *f.Ctx
			}
			if funcs[path] == nil {
				funcs[path] = make(map[string]Func)
			}
			funcs[path][name] = fn
		}
	}
	return nil
}
