package driver

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	tortures = flag.Int("tortures", 700, "how many programs TestTorture makes up, of three functions each")
	torture1 = flag.Uint64("torture", 0, "the number of the first one")
)

// TestTorture makes programs up in which faults of two to four rules stand in one
// function, and fixes them as tracevet -fix does: in rounds, in which the fixes
// of all rules are applied that do not conflict. See [world.torture] for what is checked.
func TestTorture(t *testing.T) {
	start := time.Now()
	w := theWorld(t)
	t.Logf("the libraries took %v", time.Since(start).Round(time.Millisecond))
	n := *tortures
	if testing.Short() {
		n /= 10
	}
	var mu sync.Mutex
	var all tally
	failed := 0
	work := make(chan uint64)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for seed := range work {
				one, text, err := w.torture(seed, nil)
				mu.Lock()
				all.add(one)
				if err != nil {
					if failed++; failed <= 5 {
						t.Errorf("program %d: %v\n%s", seed, err, text)
					}
				}
				mu.Unlock()
			}
		})
	}
	for i := range n {
		work <- *torture1 + uint64(i)
	}
	close(work)
	wg.Wait()
	if failed > 0 {
		t.Errorf("%d of %d programs failed", failed, n)
	}
	t.Logf("%d programs: %v", n, all)
	if n < 500 {
		return
	}
	for _, rule := range tortureRules() {
		if all.fixed[rule] < n/20 {
			t.Errorf("only %d findings of %s were fixed", all.fixed[rule], rule)
		}
	}
	if all.mixed < n/2 {
		t.Errorf("in only %d of %d programs faults of two rules or more were fixed", all.mixed, n)
	}
}

// FuzzTorture does the same for what a fuzzer asks for: the number of a program,
// and the rules to break, as bits.
func FuzzTorture(f *testing.F) {
	w := theWorld(f) // takes more time than an input may
	f.Add(uint64(1), uint16(1<<3|1<<5))
	f.Fuzz(func(t *testing.T, seed uint64, bits uint16) {
		var faults []string
		for i, rule := range tortureRules() {
			if bits>>i&1 != 0 {
				faults = append(faults, rule)
			}
		}
		if _, text, err := w.torture(seed, faults); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	})
}

// A tally counts over programs.
type tally struct {
	findings, mixed int
	rounds          [maxRounds + 1]int // by how many were needed
	fixed           map[string]int     // fixes by rule
}

func (t *tally) add(o tally) {
	t.findings += o.findings
	t.mixed += o.mixed
	for i, n := range o.rounds {
		t.rounds[i] += n
	}
	if t.fixed == nil {
		t.fixed = make(map[string]int)
	}
	for rule, n := range o.fixed {
		t.fixed[rule] += n
	}
}

func (t tally) String() string {
	return fmt.Sprintf("%d findings, fixes by rule %v, %d with fixes of several rules, by rounds %v", t.findings, t.fixed, t.mixed, t.rounds)
}

// torture makes a program up, fixes it, and checks that
//
//   - each fix by itself leaves code that compiles, keeps the comments and is
//     formatted if it was, and so do all first fixes of a rule together;
//   - each round leaves such code;
//   - nothing is found in the end but what was found before, and had no fix;
//   - so nothing is left to fix, and a second run changes nothing.
//
// The rules to break are given, or up to chance. The text returned is that of
// the program, or that after the last round that was in order.
func (w *world) torture(seed uint64, faults []string) (n tally, text []byte, err error) {
	random := rand.New(rand.NewPCG(seed, 8))
	m := &maker{random: random, faults: make(map[string]bool)}
	if faults == nil {
		rules := tortureRules()
		for range 2 + random.IntN(3) {
			m.faults[rules[random.IntN(len(rules))]] = true
		}
	}
	for _, rule := range faults {
		m.faults[rule] = true
	}
	text, err = newStyle(random).render(random, m.text())
	original := text
	var done strings.Builder
	defer func() {
		if err != nil {
			text = fmt.Appendf(nil, "before:\n%s\nthe fixes:\n%snow:\n%s", original, &done, text)
		}
	}()
	if err != nil {
		return n, text, fmt.Errorf("a program that does not parse was made up: %w", err)
	}
	n.fixed = make(map[string]int)
	path := fmt.Sprintf("example.com/torture/p%d", seed)
	p, err := w.parse(path, text)
	if err != nil {
		return n, text, fmt.Errorf("a program that does not compile was made up: %w", err)
	}
	first, err := w.findings(p)
	if err != nil {
		return n, text, err
	}
	n.findings = len(first)
	if err := w.checkFixes(p, first); err != nil {
		return n, text, err
	}
	now := first
	rounds := 0
	for ; ; rounds++ {
		var b batch
		rules := make(map[string]bool)
		for _, f := range now {
			if len(f.SuggestedFixes) > 0 && b.add(w.fix(p, f, 0)) {
				fmt.Fprintf(&done, "%d: line %d: %s: %s\n", rounds+1, w.fset.Position(f.Pos).Line, f.rule, f.SuggestedFixes[0].Message)
				n.fixed[f.rule]++
				rules[f.rule] = true
			}
		}
		if len(b.fixes) == 0 {
			break
		}
		if rounds == maxRounds {
			return n, text, fmt.Errorf("there is still something to fix after %d rounds:\n%s", maxRounds, w.list(p, now))
		}
		if len(rules) > 1 && rounds == 0 {
			n.mixed++
		}
		after, err := w.apply(p, b)
		if err != nil {
			return n, text, fmt.Errorf("round %d, with the fixes of %v: %w", rounds+1, slices.Sorted(maps.Keys(rules)), err)
		}
		p, text = after, after.text
		if now, err = w.findings(p); err != nil {
			return n, text, err
		}
	}
	n.rounds[rounds]++
	if fresh := newFindings(first, now, n.fixed); len(fresh) > 0 {
		return n, text, fmt.Errorf("after the fixes there is something new:\n%s\nbefore:\n%s", w.list(p, fresh), listMessages(first))
	}
	return n, text, nil
}

// fix returns a fix of a finding, as edits by offsets.
func (w *world) fix(p *program, f found, i int) Fix {
	fix := Fix{Message: f.SuggestedFixes[i].Message}
	tok := w.fset.File(p.files[0].FileStart)
	for _, e := range f.SuggestedFixes[i].TextEdits {
		end := e.End
		if !end.IsValid() {
			end = e.Pos
		}
		fix.Edits = append(fix.Edits, Edit{p.file(), tok.Offset(e.Pos), tok.Offset(end), string(e.NewText)})
	}
	return fix
}

// apply applies a batch as a round of tracevet -fix does.
func (w *world) apply(p *program, b batch) (*program, error) {
	text, err := dropImports(p.text, apply(p.text, b.edits[p.file()]), func(paths []string) map[string]string {
		names := make(map[string]string)
		for _, path := range paths {
			names[path] = w.libs[path].Types.Name()
		}
		return names
	})
	if err != nil {
		return nil, err
	}
	if clean, err := format.Source(p.text); err == nil && bytes.Equal(clean, p.text) {
		if text, err = format.Source(text); err != nil {
			return nil, err
		}
	}
	return w.checked(p, text)
}

// checked parses a text that fixes left of p, and checks it.
func (w *world) checked(p *program, text []byte) (*program, error) {
	after, err := w.parse(p.path, text)
	if err == nil {
		err = sameComments(p.text, text)
	}
	if err == nil && bytes.Contains(p.text, []byte("\r\n")) && bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte("\n")) {
		err = fmt.Errorf("it has lines that end in \\n and lines that end in \\r\\n")
	}
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, text)
	}
	return after, nil
}

// checkFixes checks each fix by itself, alternatives too, and the first fixes of each
// rule together.
func (w *world) checkFixes(p *program, all []found) error {
	clean, err := format.Source(p.text)
	formatted := err == nil && bytes.Equal(clean, p.text)
	together := make(map[string]*batch)
	for _, f := range all {
		for i := range f.SuggestedFixes {
			fix := w.fix(p, f, i)
			var alone batch
			if !alone.add(fix) {
				return fmt.Errorf("%s: the edits of the fix %q conflict", f.rule, fix.Message)
			}
			text := apply(p.text, alone.edits[p.file()])
			if _, err := w.checked(p, text); err != nil {
				return fmt.Errorf("%s: with the fix %q alone: %w", f.rule, fix.Message, err)
			}
			if clean, err := format.Source(text); err != nil || formatted && unaligned(clean) != unaligned(text) {
				return fmt.Errorf("%s: the fix %q leaves the file unformatted (%v):\n%s\nnot\n%s", f.rule, fix.Message, err, text, clean)
			}
		}
		if len(f.SuggestedFixes) > 0 {
			if together[f.rule] == nil {
				together[f.rule] = new(batch)
			}
			together[f.rule].add(w.fix(p, f, 0))
		}
	}
	for rule, b := range together {
		if len(b.fixes) > 1 {
			if _, err := w.checked(p, apply(p.text, b.edits[p.file()])); err != nil {
				return fmt.Errorf("%s: with all its %d fixes: %w", rule, len(b.fixes), err)
			}
		}
	}
	return nil
}

var aligned = regexp.MustCompile(`(?m)(\S)[ \t]+(//|/\*)`)

// unaligned puts one space before each comment: gofmt aligns those of neighbouring lines.
func unaligned(text []byte) string { return aligned.ReplaceAllString(string(text), "$1 $2") }

// sameComments returns an error if a comment of before is not in after.
func sameComments(before, after []byte) error {
	count := make(map[string]int)
	for sign, text := range map[int][]byte{-1: before, 1: after} {
		f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				count[strings.TrimSpace(c.Text)] += sign
			}
		}
	}
	for text, n := range count {
		if n < 0 {
			return fmt.Errorf("the comment %q is lost", text)
		}
	}
	return nil
}

var aNumber = regexp.MustCompile(`\bline \d+`)

// uncovers tells which rules' findings, of all categories or of one, may turn up once those of a rule are mended,
// because they were there all the time and the rule had nothing to say of them.
var uncovers = map[string][]string{
	// What becomes of the status of a span that is never exported matters to no one, nor
	// what is under it; nor does what is set after the end.
	"spanleak":     {"silenterror", "staleparent"},
	"spanafterend": {"silenterror"},
	// A context that comes from a root is no better than a root; when it has come to be the
	// caller's, roots after it are seen to be needless.
	"rootctx": {"rootctx", "staleparent", "detachedgo"},
	// A context that nothing was given is one that is used, once it is put on the request:
	// what still works on the older one is then seen by itself.
	"staleparent": {"staleparent: older-context"},
}

// newFindings returns the findings of after that are neither like one of before that had no
// fix, nor such as the rules that were mended uncover.
func newFindings(before, after []found, fixed map[string]int) []found {
	kind := func(f found) string {
		return f.rule + ": " + f.Category + ": " + aNumber.ReplaceAllString(f.Message, "line N")
	}
	count := make(map[string]int)
	for _, f := range before {
		if len(f.SuggestedFixes) == 0 {
			count[kind(f)]++
		}
	}
	var fresh []found
	for _, f := range after {
		uncovered := false
		for rule, others := range uncovers {
			uncovered = uncovered || fixed[rule] > 0 && (slices.Contains(others, f.rule) || slices.Contains(others, f.rule+": "+f.Category))
		}
		if count[kind(f)]--; count[kind(f)] < 0 && !uncovered {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

func (w *world) list(p *program, all []found) string {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%d: %s: %s (%d fixes)\n", w.fset.Position(f.Pos).Line, f.rule, f.Message, len(f.SuggestedFixes))
	}
	return b.String()
}

func listMessages(all []found) string {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%s: %s (%d fixes)\n", f.rule, f.Message, len(f.SuggestedFixes))
	}
	return b.String()
}
