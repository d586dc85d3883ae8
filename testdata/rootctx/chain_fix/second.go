package chain_fix

import "strings"

// between has the type of its new parameter from a package that this file does
// not import: the fix adds the import.
func between(id string) error { return last(strings.TrimSpace(id)) }
