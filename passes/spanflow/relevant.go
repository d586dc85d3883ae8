package spanflow

import (
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/libindex"
)

// relevant returns the functions, and the initializers of variables, that can
// have to do with spans: they mention the tracing API, or a function that is
// known to do something to spans; or they call one of the package that may.
// The others are not even built.
func (a *analyzer) relevant(index *libindex.Index) (funcs, inits []*libindex.Func) {
	byObj := make(map[*types.Func]*libindex.Func)
	callers := make(map[*types.Func][]*libindex.Func)
	for _, fn := range slices.Concat(index.Funcs(), index.Inits()) {
		if fn.Obj != nil {
			byObj[fn.Obj] = fn
		}
		for _, mentioned := range fn.Funcs {
			callers[mentioned] = append(callers[mentioned], fn)
		}
	}

	chosen := make(map[*libindex.Func]bool)
	var todo []*libindex.Func
	choose := func(fn *libindex.Func) {
		if !chosen[fn] {
			chosen[fn] = true
			todo = append(todo, fn)
		}
	}
	for _, fn := range slices.Concat(index.Funcs(), index.Inits()) {
		if a.isSeed(fn) {
			choose(fn)
		}
		a.noteContextEnder(fn)
	}
	for len(todo) > 0 {
		fn := todo[0]
		todo = todo[1:]
		if fn.Obj == nil || !a.passesSpans(fn.Obj) {
			continue
		}
		for _, caller := range callers[fn.Obj] {
			choose(caller)
		}
	}
	keep := func(fns []*libindex.Func) (kept []*libindex.Func) {
		for _, fn := range fns {
			if chosen[fn] {
				kept = append(kept, fn)
			}
		}
		return kept
	}
	return keep(index.Funcs()), keep(index.Inits())
}

func (a *analyzer) isSeed(fn *libindex.Func) bool {
	for _, mentioned := range fn.Funcs {
		switch knowledge.Of(mentioned).Role {
		case knowledge.StartSpan, knowledge.EndSpan, knowledge.RecordSpan, knowledge.BorrowSpan, knowledge.PutSpan:
			return true
		}
		if mentioned.Pkg() != a.pass.Pkg && a.summary(mentioned) != nil {
			return true
		}
	}
	for _, field := range fn.Fields {
		if a.holdsSpan(field.Type()) {
			return true
		}
	}
	return fn.Obj != nil && a.handlesSpans(fn.Obj)
}

// handlesSpans reports whether the receiver or a parameter of fn can hold a
// span, going by its type.
func (a *analyzer) handlesSpans(fn *types.Func) bool {
	sig := fn.Signature()
	if recv := sig.Recv(); recv != nil && a.holdsSpan(recv.Type()) {
		return true
	}
	for v := range sig.Params().Variables() {
		if a.holdsSpan(v.Type()) {
			return true
		}
	}
	return false
}

// passesSpans reports whether a call of fn can matter to the span of a caller,
// going by its signature and by what it mentions.
func (a *analyzer) passesSpans(fn *types.Func) bool {
	if a.endsContexts[fn] || a.handlesSpans(fn) {
		return true
	}
	for v := range fn.Signature().Results().Variables() {
		if a.canHold(v.Type()) {
			return true
		}
	}
	return false
}

// noteContextEnder notes a function that takes the span out of a context and
// may end it: it mentions both.
func (a *analyzer) noteContextEnder(fn *libindex.Func) {
	if fn.Obj == nil {
		return
	}
	borrows, ends := false, false
	for _, mentioned := range fn.Funcs {
		switch knowledge.Of(mentioned).Role {
		case knowledge.BorrowSpan:
			borrows = true
		case knowledge.EndSpan:
			ends = true
		case knowledge.None:
			sum := a.summary(mentioned)
			if sum == nil {
				continue
			}
			for i, p := range sum.Params {
				if p.Effect == Ends || p.Effect == MayEnd || len(p.Calls) > 0 {
					ends = true
					if t := paramType(mentioned, i); t != nil && knowledge.IsContext(t) {
						borrows = true
					}
				}
			}
			for _, r := range sum.Results {
				borrows = borrows || r.Kind == Borrowed
			}
		}
	}
	if borrows && ends {
		a.endsContexts[fn.Obj] = true
	}
}

// paramType returns the type of a parameter; the receiver counts first.
func paramType(fn *types.Func, i int) types.Type {
	sig := fn.Signature()
	if sig.Recv() != nil {
		if i == 0 {
			return sig.Recv().Type()
		}
		i--
	}
	if i >= sig.Params().Len() {
		return nil
	}
	return sig.Params().At(i).Type()
}

// components returns the strongly connected components of the graph of who
// mentions whom, callees first (Tarjan's algorithm). Order depends only on the
// order of the source.
func components(funcs []*libindex.Func) [][]*libindex.Func {
	byObj := make(map[*types.Func]int)
	for i, fn := range funcs {
		byObj[fn.Obj] = i
	}
	const unseen = 0
	var (
		order   = make([]int, len(funcs)) // of the first visit, from 1
		low     = make([]int, len(funcs))
		onStack = make([]bool, len(funcs))
		stack   []int
		next    = 1
		found   [][]*libindex.Func
		visit   func(i int)
	)
	visit = func(i int) {
		order[i], low[i] = next, next
		next++
		stack = append(stack, i)
		onStack[i] = true
		for _, callee := range funcs[i].Funcs {
			j, ok := byObj[callee]
			if !ok {
				continue
			}
			if order[j] == unseen {
				visit(j)
				low[i] = min(low[i], low[j])
			} else if onStack[j] {
				low[i] = min(low[i], order[j])
			}
		}
		if low[i] != order[i] {
			return
		}
		var group []*libindex.Func
		for {
			j := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			onStack[j] = false
			group = append(group, funcs[j])
			if j == i {
				break
			}
		}
		slices.SortFunc(group, func(a, b *libindex.Func) int { return int(a.Decl.Pos() - b.Decl.Pos()) })
		found = append(found, group)
	}
	for i := range funcs {
		if order[i] == unseen {
			visit(i)
		}
	}
	return found
}
