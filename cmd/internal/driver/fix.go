package driver

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxRounds bounds the rounds of fixes. One is usual; a second one makes those that
// conflicted, or that another fix made possible.
const maxRounds = 6

// A Fixed is the outcome of [ApplyFixes].
type Fixed struct {
	Result           // what remains
	Changes []Change // sorted by file
}

// A Change is what fixes made of a file.
type Change struct {
	File     string // absolute
	Old, New []byte
	Fixes    int // that edited the file
}

// ApplyFixes applies the first fix of each finding, until nothing changes. If write is
// false it changes no file; the outcome tells what it would do.
//
// "go vet -fix" could do it, but it applies what no one has built: it drops
// all fixes of a package when two conflict, it writes over files whatever became of
// them meanwhile, half a file if the disk is full, and it says nothing about findings
// without a fix. So ApplyFixes works on the edits in the findings, in rounds, and in memory. In each round
// it applies the fixes that do not conflict, shows the outcome to the go
// command through an [overlay], and analyses it again. If a package no longer builds,
// its fixes are taken back. Only at the end are files written: all of them
// were built and analysed as they are written.
func ApplyFixes(ctx context.Context, o Options, write bool) Fixed {
	var out Fixed
	s, err := newSession(o)
	if err != nil {
		out.fail(Error{Kind: KindGo, Message: err.Error()})
		return out
	}
	tmp, err := os.MkdirTemp("", "tracevet-")
	if err != nil {
		out.fail(Error{Kind: KindFix, Message: err.Error()})
		return out
	}
	defer os.RemoveAll(tmp)

	f := &fixer{
		session: s,
		write:   write,
		tmp:     tmp,
		old:     make(map[string][]byte),
		cur:     make(map[string][]byte),
		frozen:  make(map[string]bool),
		stuck:   make(map[variant]bool),
		stamps:  make(map[string]stamp),
		dirs:    make(map[string]string),
	}
	return f.run(ctx)
}

// A fixer is the state of a call of ApplyFixes.
type fixer struct {
	*session
	write bool
	tmp   string
	round int

	old, cur map[string][]byte // contents of the files that have a fix, as they are and as they will be
	applied  []Fix             // what led from old to cur
	frozen   map[string]bool   // files that are not to be changed (any more)
	stuck    map[variant]bool  // fixes that do not help
	stamps   map[string]stamp  // of the files that were analysed, before they were
	dirs     map[string]string // of the packages, by import path
	errors   []Error           // of kind KindFix
}

// A variant is one kind of finding in one file.
type variant struct{ file, rule, category string }

func variantOf(f Finding) variant { return variant{f.Pos.File, f.Rule, f.Category} }

func (f *fixer) run(ctx context.Context) Fixed {
	if f.env(ctx).overlay() {
		var out Fixed
		out.fail(Error{Kind: KindUsage, Message: "cannot fix files while -overlay in GOFLAGS shows others in their place"})
		return out
	}
	f.listed = f.look
	res := f.analyse(ctx, nil)
	f.listed = nil
	for f.round = 1; f.round <= maxRounds && ctx.Err() == nil; f.round++ {
		b := f.plan(ctx, res)
		if len(b.fixes) == 0 {
			break
		}
		res = f.try(ctx, b, res)
	}
	if ctx.Err() != nil {
		return Fixed{Result: interrupted}
	}
	out := Fixed{Result: res}
	for _, file := range slices.Sorted(maps.Keys(f.cur)) {
		if !bytes.Equal(f.old[file], f.cur[file]) {
			c := Change{File: file, Old: f.old[file], New: f.cur[file]}
			for _, fix := range f.applied {
				if slices.Contains(filesOf(fix), file) {
					c.Fixes++
				}
			}
			out.Changes = append(out.Changes, c)
		}
	}
	if f.write {
		out.Changes = f.writeAll(out.Changes)
	}
	out.Errors = append(out.Errors, f.errors...)
	out.normalize()
	return out
}

// look notes the state of all files that are about to be analysed.
func (f *fixer) look(pkgs []*pkg) {
	for _, p := range pkgs {
		f.dirs[p.ImportPath] = p.Dir
		for _, file := range p.goFiles() {
			if st, err := stampOf(file); err == nil {
				f.stamps[file] = st
			}
		}
	}
}

// plan picks the fixes of the next round and makes sure that they can be made.
func (f *fixer) plan(ctx context.Context, res Result) batch {
	for {
		var b batch
		for _, finding := range res.Findings {
			if len(finding.Fixes) == 0 || f.stuck[variantOf(finding)] {
				continue
			}
			fix, ok := f.choose(finding)
			if ok && f.open(fix) {
				b.add(fix) // one that conflicts has its turn in the next round
			}
		}
		bad := make(map[string]bool)
		for file, edits := range b.edits {
			if _, err := f.edited(ctx, file, edits); err != nil {
				f.fail(file, fmt.Sprintf("its fixes do not go together: %v", err))
				bad[file] = true
			}
		}
		if len(bad) == 0 {
			return b
		}
		closure(bad, b.fixes)
		maps.Copy(f.frozen, bad)
	}
}

// choose returns the fix that a finding gets, if it gets one.
func (f *fixer) choose(finding Finding) (Fix, bool) {
	if f.o.Choose == nil {
		return finding.Fixes[0], true
	}
	i, ok := f.o.Choose(f.round, finding, func(file string) ([]byte, error) {
		if data, ok := f.cur[file]; ok {
			return data, nil
		}
		return os.ReadFile(file)
	})
	if !ok || i < 0 || i >= len(finding.Fixes) {
		return Fix{}, false
	}
	return finding.Fixes[i], true
}

// open reports whether all files of a fix may be changed, and reads those that it sees
// for the first time.
func (f *fixer) open(fix Fix) bool {
	ok := true
	for _, file := range filesOf(fix) {
		if _, seen := f.cur[file]; !seen && !f.frozen[file] {
			data, err := f.readUnchanged(file)
			if err == nil && f.write {
				err = writable(file)
			}
			if err == nil && f.o.Refuse != nil {
				err = f.o.Refuse(file)
			}
			if err != nil {
				f.fail(file, fmt.Sprintf("not fixed: %v", err))
				f.frozen[file] = true
			} else {
				f.old[file], f.cur[file] = data, data
			}
		}
		ok = ok && !f.frozen[file]
	}
	return ok
}

// edited returns a file with edits made, formatted as gofmt does if it was so before.
func (f *fixer) edited(ctx context.Context, file string, edits []Edit) ([]byte, error) {
	for _, e := range edits {
		if e.End > len(f.cur[file]) {
			return nil, fmt.Errorf("edit at offset %d is outside of the file", e.End)
		}
	}
	data, err := f.dropUnusedImports(ctx, file, f.cur[file], apply(f.cur[file], edits))
	if err != nil {
		return nil, err
	}
	if clean, err := format.Source(f.old[file]); err != nil || !bytes.Equal(clean, f.old[file]) {
		return data, nil // it is not for a fix to format what its author did not
	}
	return format.Source(data)
}

// try applies a batch and analyses the outcome. What does not build is taken back. The
// result is that of the new state.
func (f *fixer) try(ctx context.Context, b batch, before Result) Result {
	prev := maps.Clone(f.cur)
	prevApplied := f.applied
	for file, edits := range b.edits {
		data, err := f.edited(ctx, file, edits)
		if err != nil {
			continue // not after plan
		}
		f.cur[file] = data
	}
	f.applied = slices.Concat(prevApplied, b.fixes)

	after := f.analyseNow(ctx)
	broken := newErrors(before, after)
	if len(broken) == 0 || ctx.Err() != nil {
		f.noteStuck(b, before, after)
		return after
	}

	// Take back the fixes in the packages that broke, and what is tied to them; if
	// only other packages broke, or that is not enough, take back everything.
	bad := make(map[string]bool)
	for _, e := range broken {
		for file := range b.edits {
			if filepath.Dir(file) == f.dirs[e.Package] {
				bad[file] = true
			}
		}
		if e.Kind != KindSkipped {
			f.errors = append(f.errors, Error{
				Kind:    KindFix,
				Package: e.Package,
				Message: "fixes taken back, the package would not build with them: " + e.Message + reportIt,
				Detail:  e.Detail,
			})
		}
	}
	closure(bad, b.fixes)
	if 0 < len(bad) && len(bad) < len(b.edits) {
		f.takeBack(bad, prev, prevApplied, b)
		after = f.analyseNow(ctx)
		if len(newErrors(before, after)) == 0 || ctx.Err() != nil {
			f.noteStuck(b, before, after)
			return after
		}
	}
	for file := range b.edits {
		bad[file] = true
	}
	f.takeBack(bad, prev, prevApplied, b)
	return before
}

// takeBack undoes the batch in the files that are bad, and freezes these. prev and
// prevApplied are the state before the batch.
func (f *fixer) takeBack(bad map[string]bool, prev map[string][]byte, prevApplied []Fix, b batch) {
	for file := range bad {
		f.cur[file] = prev[file]
		f.frozen[file] = true
	}
	f.applied = slices.Clone(prevApplied)
	for _, fix := range b.fixes {
		if !slices.ContainsFunc(filesOf(fix), func(file string) bool { return bad[file] }) {
			f.applied = append(f.applied, fix)
		}
	}
}

// analyseNow analyses the current state.
func (f *fixer) analyseNow(ctx context.Context) Result {
	changed := make(map[string][]byte)
	for file, data := range f.cur {
		if !bytes.Equal(data, f.old[file]) {
			changed[file] = data
		}
	}
	if len(changed) == 0 {
		return f.analyse(ctx, nil)
	}
	dir, err := os.MkdirTemp(f.tmp, "round-")
	if err != nil {
		return Result{Errors: []Error{{Kind: KindFix, Message: err.Error()}}}
	}
	ov, err := newOverlay(dir, changed)
	if err != nil {
		return Result{Errors: []Error{{Kind: KindFix, Message: err.Error()}}}
	}
	return f.analyse(ctx, ov)
}

// newErrors returns the errors of after that are about packages without an error
// before, or about no package and new.
func newErrors(before, after Result) []Error {
	had := make(map[string]bool)
	for _, e := range before.Errors {
		had[e.Package] = e.Package != ""
	}
	return slices.DeleteFunc(slices.Clone(after.Errors), func(e Error) bool {
		return had[e.Package] || slices.Contains(before.Errors, e)
	})
}

// noteStuck notes the kinds of findings that a batch did not make fewer, so that a fix
// that does not help is not made again and again. (A fix may also
// uncover a finding of the same kind; then the next run takes it up.)
func (f *fixer) noteStuck(b batch, before, after Result) {
	count := make(map[variant]int)
	for _, finding := range after.Findings {
		count[variantOf(finding)]++
	}
	for _, finding := range before.Findings {
		count[variantOf(finding)]--
	}
	for _, finding := range before.Findings {
		if v := variantOf(finding); count[v] >= 0 && slices.ContainsFunc(finding.Fixes, b.has) {
			f.stuck[v] = true
		}
	}
}

// fail notes that a file could not be fixed.
func (f *fixer) fail(file, msg string) {
	name := file
	if rel, err := filepath.Rel(f.o.Dir, file); err == nil {
		name = rel
	}
	e := Error{Kind: KindFix, Message: name + ": " + strings.TrimSpace(msg)}
	if !slices.Contains(f.errors, e) {
		f.errors = append(f.errors, e)
	}
}
