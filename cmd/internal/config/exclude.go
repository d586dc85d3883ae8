package config

import (
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Excludes reports whether one of the patterns matches a file, or a directory that it is
// in. The name is relative and has forward slashes.
func Excludes(patterns []string, name string) bool {
	for _, pattern := range patterns {
		pattern = strings.TrimSuffix(pattern, "/")
		for part := name; part != "." && part != "/"; part = parent(part) {
			if ok, err := doublestar.Match(pattern, part); ok && err == nil {
				return true
			}
		}
	}
	return false
}

func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return "."
	}
	return name[:i]
}
