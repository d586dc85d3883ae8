package gate

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// changes are the differences between a merge base and the work tree, uncommitted ones and untracked
// files included.
//
// A finding is new if the declaration around it changed: a new early return that leaks an old span
// is reported on the line of the start, which nobody touched. A declaration changed if the merge base has none with
// the same tokens, in any of the files that were touched; so one that was only
// moved, to another place, file or directory, did not. A finding is
// new as well if its related line is a new one, in a declaration that changed.
//
// What a diff of lines is not asked: revgrep, which other linters use, takes moved code for
// new, and does not see an End that was deleted.
type changes struct {
	root    string                    // of the work tree
	touched map[string]touched        // by name in the work tree, relative to root
	base    map[string]int            // how many declarations of the merge base have a hash, in touched files
	baseOf  map[string]map[string]int // the same by file, by its name in the merge base
}

type touched struct {
	oldName string // in the merge base; "" if it is new
	added   map[int]bool
}

// changesSince returns the changes since the merge base of HEAD and a revision.
func changesSince(ctx context.Context, dir, rev string) (*changes, error) {
	root, err := Root(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("-new-from: %w", err)
	}
	if _, err := git(ctx, root, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err != nil {
		return nil, fmt.Errorf("-new-from: there is no revision %s%s", rev, shallowHint(ctx, root))
	}
	out, err := git(ctx, root, "merge-base", rev, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("-new-from: %s and HEAD have no commit in common%s", rev, shallowHint(ctx, root))
	}
	base := strings.TrimSpace(string(out))
	diff := func(how ...string) (string, error) {
		args := slices.Concat([]string{"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames"}, how, []string{base, "--", "*.go"})
		out, err := git(ctx, root, args...)
		return string(out), err
	}
	status, err := diff("--name-status", "-z")
	if err != nil {
		return nil, err
	}
	differ, err := nameStatus(status)
	if err != nil {
		return nil, err
	}
	patch, err := diff("--unified=0", "--src-prefix=a/", "--dst-prefix=b/")
	if err != nil {
		return nil, err
	}
	added, err := addedLines(patch)
	if err != nil {
		return nil, err
	}
	c := &changes{root: root, touched: make(map[string]touched), base: make(map[string]int), baseOf: make(map[string]map[string]int)}
	var oldNames []string
	for _, d := range differ {
		if d.oldName != "" {
			oldNames = append(oldNames, d.oldName)
		}
		if d.newName != "" {
			t := touched{oldName: d.oldName, added: added[d.newName]}
			if t.added == nil { // only renamed, or its mode changed
				t.added = make(map[int]bool)
			}
			c.touched[d.newName] = t
		}
	}
	untracked, err := git(ctx, root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", "*.go")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if name != "" {
			c.touched[name] = touched{}
		}
	}
	return c, c.readBase(ctx, base, oldNames)
}

// shallowHint says what is likely wrong when history is missing.
func shallowHint(ctx context.Context, root string) string {
	out, err := git(ctx, root, "rev-parse", "--is-shallow-repository")
	if err == nil && strings.TrimSpace(string(out)) == "true" {
		return ": the clone is shallow; fetch the whole history (git fetch --unshallow, or fetch-depth: 0 in actions/checkout)"
	}
	return ""
}

// readBase outlines the files of the merge base.
func (c *changes) readBase(ctx context.Context, base string, names []string) error {
	for _, name := range names {
		src, err := git(ctx, c.root, "show", base+":"+name)
		if err != nil {
			return err
		}
		byHash := make(map[string]int)
		for _, d := range outlineOf(src).decls {
			byHash[d.hash]++
			c.base[d.hash]++
		}
		c.baseOf[name] = byHash
	}
	return nil
}

// judge returns a function that reports whether a finding is an old one.
func (c *changes) judge(files *files) func(driver.Finding) bool {
	// Which declarations of the touched files are in the merge base as well? Each of the base stands for one
	// of the work tree: first for one in the file of the same name, then for others. So a copy of
	// a faulty function is new, and the one that was there is not.
	left := make(map[string]int)
	for hash, n := range c.base {
		left[hash] = n
	}
	same := make(map[string][]bool) // by file: which declarations are old
	names := slices.Sorted(maps.Keys(c.touched))
	for _, inPlace := range []bool{true, false} {
		for _, name := range names {
			o := files.outline(filepath.Join(c.root, filepath.FromSlash(name)))
			if same[name] == nil {
				same[name] = make([]bool, len(o.decls))
			}
			own := make(map[string]int)
			for hash, n := range c.baseOf[c.touched[name].oldName] {
				own[hash] = n
			}
			for i, d := range o.decls {
				if same[name][i] || left[d.hash] == 0 || inPlace && own[d.hash] <= 0 {
					continue
				}
				own[d.hash]--
				left[d.hash]--
				same[name][i] = true
			}
		}
	}
	// changed reports whether a position is in a declaration that changed, or on a new line outside of
	// all declarations.
	changed := func(p driver.Position, line bool) bool {
		name, ok := c.name(p.File)
		if !ok {
			return false
		}
		t, ok := c.touched[name]
		if !ok {
			return false
		}
		isNew := t.added == nil || t.added[p.Line]
		o := files.outline(filepath.Join(c.root, filepath.FromSlash(name)))
		for i, d := range o.decls {
			if off := o.offset(p); d.start <= off && off < d.end {
				return !same[name][i] && (!line || isNew)
			}
		}
		return isNew
	}
	return func(f driver.Finding) bool {
		if changed(f.Pos, false) {
			return false
		}
		for _, rel := range f.Related {
			if changed(rel.Pos, true) {
				return false
			}
		}
		return true
	}
}

// name returns the name of a file relative to the root of the work tree.
func (c *changes) name(file string) (string, bool) {
	rel, err := filepath.Rel(c.root, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		real, err := filepath.EvalSymlinks(file)
		if err != nil {
			return "", false
		}
		if rel, err = filepath.Rel(c.root, real); err != nil || strings.HasPrefix(rel, "..") {
			return "", false
		}
	}
	return filepath.ToSlash(rel), true
}
