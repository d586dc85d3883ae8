package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestLinks keeps the C library out of the program. The go command starts it once for each package
// of a program, a thousand times, and a dynamic linker is a third of what a start costs. Package net is
// what brings it in.
func TestLinks(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	for _, pkg := range []string{"net", "os/user", "runtime/cgo"} {
		if slices.Contains(deps, pkg) {
			t.Errorf("the program links %s: go mod why, or go list -deps -f '{{.ImportPath}} {{.Imports}}', tells through what", pkg)
		}
	}
	if !slices.Contains(deps, "go/types") {
		t.Errorf("go list -deps lists %d packages, without go/types", len(deps))
	}
}
