package ctxflow

import (
	"go/ast"
	"go/token"
	"regexp"
	"sync"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// zones is what is known of the places of the package, once it was asked for.
type zones struct {
	mu       sync.Mutex // several rules ask at once
	waits    map[*ast.BlockStmt]token.Pos
	comments map[*ast.File]map[int]string
	reasons  map[ast.Stmt]bool // see paragraphExplained
}

func newZones() zones {
	return zones{
		waits:    make(map[*ast.BlockStmt]token.Pos),
		comments: make(map[*ast.File]map[int]string),
		reasons:  make(map[ast.Stmt]bool),
	}
}

// reason matches comments that give a reason for a context of its own. unsure
// matches those that say that there is none.
var (
	reason = lazyRegexp(`(?i)cancell?(ed|ation|ing|s)\b|(not|never|without) cancel|detach|background|outlive|independent|lifetime|lifecycle|never.ending|must be (something )?different|own context|shutdown|shut down|async|fire.and.forget|root span|own trace|long.running|shared by|must not|intentional|deliberate|on purpose|belongs? to|context.*(not|n.t) be used|siblings\b|sibling (span|trace|of)|caller.s span|parent.s? span`)
	// no reasons: a root that the comment quotes, what a test expects
	quoted = lazyRegexp(`context\.\w+|^want ["\x60+].*`)
	unsure = lazyRegexp(`(?i)todo|fixme|xxx|hack`)
)

// lazyRegexp compiles an expression when it is first used: most processes, one for each
// package, do not use it.
func lazyRegexp(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// givesReason reports whether the text of a comment is a reason.
func givesReason(text string) bool {
	return text != "" && reason().MatchString(quoted().ReplaceAllString(text, "")) && !unsure().MatchString(text)
}

// explained reports whether a comment on the line of cur, or right above its
// statement or the paragraph that that is in, gives a reason.
func (r *Result) explained(cur inspector.Cursor) bool {
	file := r.file(cur.Node().Pos())
	if file == nil {
		return false
	}
	r.zones.mu.Lock()
	defer r.zones.mu.Unlock()
	lines := r.commentLines(file)
	line := r.line(cur.Node().Pos())
	if givesReason(lines[line]) || givesReason(lines[line-1]) || r.paragraphExplained(cur, lines) {
		return true
	}
	// What is said of a loop is said of what it does each time.
	loop := r.loopAround(cur)
	return loop != nil && givesReason(lines[r.line(loop.Pos())-1])
}

// paragraphExplained reports whether there is a reason right above the statement at
// cur, or above one of those before it that no empty line parts from it: what a
// comment says above the first one is said of all.
func (r *Result) paragraphExplained(cur inspector.Cursor, lines map[int]string) bool {
	list, i := listAround(cur)
	if list == nil {
		return false
	}
	// From the last statement before it of which that is known, if any.
	first := i
	for ; ; first-- {
		has, known := r.zones.reasons[list[first]]
		if has {
			return r.setReasons(list[first : i+1])
		}
		if known {
			first++
			break
		}
		if first == 0 || r.line(list[first-1].End()) != r.line(list[first].Pos())-1 {
			break
		}
	}
	for j := first; j <= i; j++ {
		if givesReason(lines[r.line(list[j].Pos())-1]) {
			return r.setReasons(list[j : i+1])
		}
		r.zones.reasons[list[j]] = false
	}
	return false
}

// setReasons remembers that there is a reason above each of the statements.
func (r *Result) setReasons(list []ast.Stmt) bool {
	for _, stmt := range list {
		r.zones.reasons[stmt] = true
	}
	return true
}

// listAround returns the innermost list of statements around cur, and which of
// them cur is in; nil if there is none.
func listAround(cur inspector.Cursor) ([]ast.Stmt, int) {
	for c := range cur.Enclosing() {
		switch kind, i := c.ParentEdge(); kind {
		case edge.BlockStmt_List:
			return c.Parent().Node().(*ast.BlockStmt).List, i
		case edge.CaseClause_Body:
			return c.Parent().Node().(*ast.CaseClause).Body, i
		case edge.CommClause_Body:
			return c.Parent().Node().(*ast.CommClause).Body, i
		}
	}
	return nil, 0
}

// commentLines returns the comments of a file by line. Documentation of functions
// is left out: what that says is about more than one statement.
func (r *Result) commentLines(file *ast.File) map[int]string {
	lines := r.zones.comments[file]
	if lines == nil {
		lines = make(map[int]string)
		docs := make(map[*ast.CommentGroup]bool)
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil {
				docs[fn.Doc] = true
			}
		}
		for _, group := range file.Comments {
			if docs[group] {
				continue
			}
			// What a comment above a statement says counts as a whole.
			text := group.Text()
			end := r.line(group.End())
			for line := r.line(group.Pos()); line <= end; line++ {
				lines[line] = text
			}
		}
		r.zones.comments[file] = lines
	}
	return lines
}

func (r *Result) line(pos token.Pos) int { return r.pass.Fset.PositionFor(pos, false).Line }

func (r *Result) file(pos token.Pos) *ast.File {
	for _, f := range r.pass.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

// statement returns the innermost statement around cur that is in a list.
func statement(cur inspector.Cursor) ast.Stmt {
	if list, i := listAround(cur); list != nil {
		return list[i]
	}
	return nil
}
