package providers

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"github.com/tracevet/tracevet/passes/knowledge"
	"github.com/tracevet/tracevet/passes/requests"
	"github.com/tracevet/tracevet/passes/settings"
)

// A Content is something that a package, or one that it imports, contains.
type Content uint32

const (
	HasPropagator     Content = 1 << iota // a propagator is set, or may be
	Hidden                                // tracing is set up by code that goes by its configuration
	UsesPropagator                        // the user's own code sends or gets spans by the program's propagator
	Receives                              // ... it gets some from a caller
	ShutsInstalled                        // the provider is taken back from the program, and shut down
	ShutsStored                           // a provider that is not in a local variable is shut down
	Freezes                               // the process is stopped between requests
	ReplacesTransport                     // the user's own code touches the transport of all HTTP clients
	RegistersDriver                       // ... registers drivers of databases
	Injects                               // ... writes the headers of a trace
	StartsSets                            // ... installs a provider of the SDK in what runs without being called by its name
	StartsLoses                           // ... likewise, starts one that nothing can shut down
	StartsStores                          // ... likewise, one that only what shuts down stored ones could find
	Unseen                                // the fact about a package that may have some of these is lost
)

// Contents is the fact about a package, and all that it imports.
type Contents struct {
	Set Content
	// Traced are the families that a package adds tracing to.
	Traced knowledge.Family
	// Setters are the functions of the package, none of those that it imports, that
	// set a propagator once another package calls them: nothing in it does.
	Setters []string
}

// maxSetters keeps the fact small.
const maxSetters = 16

// AFact marks Contents as a fact.
func (*Contents) AFact() {}

func (c *Contents) String() string { return fmt.Sprintf("contents %b", c.Set) }

// Has reports whether c has any of the contents in the set.
func (c *Contents) Has(set Content) bool { return c.Set&set != 0 }

func (c *Contents) empty() bool { return c.Set == 0 && c.Traced == 0 && len(c.Setters) == 0 }

// summarizeContents notes what the package and its imports contain. own says
// that the package is the user's, reaches that it reaches a tracing API.
func (r *Result) summarizeContents(own, reaches bool) {
	r.seen = settings.Module(r.pass) != nil
	scan := own && reaches
	r.setters = make(map[*types.Package][]string)
	for _, imp := range r.pass.Pkg.Imports() {
		path := imp.Path()
		if knowledge.IsDistribution(path) {
			r.contents.Set |= Hidden
		}
		if knowledge.IsFrozen(path) {
			r.contents.Set |= Freezes
		}
		scan = scan || reaches && knowledge.SetsUp(path)
		r.contents.Traced |= knowledge.TracedBy(path)
		var of Contents
		switch {
		case r.pass.ImportPackageFact(imp, &of):
			r.contents.Set |= of.Set
			r.contents.Traced |= of.Traced
			if len(of.Setters) > 0 {
				r.setters[imp] = of.Setters
				scan = true
			}
		case own && requests.IsOwnPackage(r.pass, imp), reaches && r.mustSay(imp):
			r.contents.Set |= Unseen
		}
	}
	r.seen = r.seen && !r.contents.Has(Unseen)
	if scan && !knowledge.IsOpenTelemetry(r.pass.Pkg.Path()) {
		r.scanContents(own)
	}
}

// exportContents exports what the package and its imports contain.
func (r *Result) exportContents(own, reaches bool) {
	if own || reaches || !r.contents.empty() {
		fact := r.contents
		r.pass.ExportPackageFact(&fact)
	}
}

// mustSay reports whether there is to be a fact about imp, of another module: one
// that can set up tracing, as it imports a tracing API, be it through others. What
// a package imports is seen by its types, which are there where facts are lost.
func (r *Result) mustSay(imp *types.Package) bool {
	if knowledge.IsOpenTelemetry(imp.Path()) || knowledge.IsStandard(imp.Path()) {
		return false
	}
	if r.reaching == nil {
		r.reaching = make(map[*types.Package]bool)
	}
	return reachesTracing(imp, r.reaching)
}

func reachesTracing(pkg *types.Package, known map[*types.Package]bool) bool {
	if knowledge.IsTracing(pkg.Path()) {
		return true
	}
	if knowledge.IsStandard(pkg.Path()) {
		return false
	}
	if reaches, ok := known[pkg]; ok {
		return reaches
	}
	known[pkg] = false // imports have no cycles
	for _, imp := range pkg.Imports() {
		if reachesTracing(imp, known) {
			known[pkg] = true
			return true
		}
	}
	return false
}

// scanContents notes what the package itself contains.
func (r *Result) scanContents(own bool) {
	var gets, options, makes, getsPropagator bool
	var shuts, sets []*ast.Ident
	for id, obj := range r.pass.TypesInfo.Uses {
		if r.inTest(id) {
			continue
		}
		if own && knowledge.IsDefaultTransport(obj) {
			r.contents.Set |= ReplacesTransport
		}
		fn, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		if own && knowledge.RegistersDriver(fn) {
			r.contents.Set |= RegistersDriver
		}
		if own && knowledge.Of(fn).Role == knowledge.InjectContext {
			r.contents.Set |= Injects
		}
		switch knowledge.WiringOf(fn) {
		case knowledge.SetsPropagator:
			sets = append(sets, id)
		case knowledge.PropagatesBy:
			if own { // what another module writes or reads by itself are messages of its own
				r.contents.Set |= HasPropagator
			}
		case knowledge.SetsOwn:
			options = true
		case knowledge.MakesPropagator:
			makes = true
		case knowledge.GetsPropagator:
			getsPropagator = true
			if own {
				r.contents.Set |= UsesPropagator
			}
		case knowledge.ReceivesRequests:
			if own {
				r.contents.Set |= Receives
			}
		case knowledge.GetsProvider:
			gets = true
		case knowledge.NoWiring:
			if own && knowledge.Of(fn).Role == knowledge.ExtractContext {
				r.contents.Set |= Receives
			}
			if slices.Contains(r.setters[fn.Pkg()], fn.Name()) && fn.Signature().Recv() == nil {
				sets = append(sets, id)
			}
			if isShutdown(fn) || own && fn.Pkg() != r.pass.Pkg && fn.Signature().Recv() == nil && r.pass.ImportObjectFact(fn, new(Shutter)) {
				shuts = append(shuts, id)
			}
		case knowledge.ShutsProvider:
			shuts = append(shuts, id)
		}
	}
	if own { // other modules do not see where it is
		var awake bool
		if r.dormant, awake = r.awake(shuts); awake {
			r.contents.Set |= ShutsStored
		} else {
			r.exportShutters()
		}
	}
	asleep, awake := r.awake(sets)
	if names := exportedNames(asleep); awake || len(names) > maxSetters {
		r.contents.Set |= HasPropagator
	} else {
		r.contents.Setters = names
	}
	if gets && len(shuts) > 0 {
		r.contents.Set |= ShutsInstalled
	}
	if own && r.instruments(options) {
		r.contents.Set |= UsesPropagator
	}
	if own && makes && !getsPropagator && r.propagates() {
		r.contents.Set |= HasPropagator // it goes by one that it has made
	}
}

// propagates reports whether the package reads or writes headers through a
// propagator.
func (r *Result) propagates() bool {
	for id, obj := range r.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || r.inTest(id) {
			continue
		}
		switch knowledge.Of(fn).Role {
		case knowledge.InjectContext, knowledge.ExtractContext:
			return true
		}
	}
	return false
}

// instruments reports whether the package instruments something that goes by
// the program's propagator. options says that the package has options by which
// something goes by another one.
func (r *Result) instruments(options bool) bool {
	found := false
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && !found {
				switch knowledge.WiringOf(r.callee(call)) {
				case knowledge.Instruments, knowledge.ReceivesRequests:
					found = !r.inTest(call) && !(options && r.mayHaveOwn(call))
				}
			}
			return !found
		})
	}
	return found
}

// mayHaveOwn reports whether a call is given a propagator, or options that are
// not seen.
func (r *Result) mayHaveOwn(call *ast.CallExpr) bool {
	found := call.Ellipsis.IsValid()
	for _, arg := range call.Args {
		if c, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			found = found || knowledge.WiringOf(r.callee(c)) == knowledge.SetsOwn || knowledge.WiringOf(r.callee(c)) == knowledge.NoWiring && !knowledge.IsOpenTelemetry(pathOf(r.callee(c)))
		}
	}
	return found
}

func pathOf(fn *types.Func) string {
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	return fn.Pkg().Path()
}

// isShutdown reports whether fn is a method of an interface by which a provider
// may be shut down.
func isShutdown(fn *types.Func) bool {
	if fn.Name() != "Shutdown" && fn.Name() != "ForceFlush" {
		return false
	}
	sig := fn.Signature()
	return sig.Recv() != nil && types.IsInterface(sig.Recv().Type()) && sig.Params().Len() == 1 && knowledge.IsContext(sig.Params().At(0).Type())
}

// A Holding says what a value, such as the result of a function, holds of a
// provider or of a part of one.
type Holding uint16

const (
	Provider      Holding = 1 << iota // the provider itself
	Shutdown                          // a function that shuts it down
	ShutdownCtx                       // ... with the context that it is given
	Holder                            // a struct with one of these in it
	NetworkExport                     // an exporter to another system
	LocalExport                       // an exporter to memory or to an output
	OtherExport                       // some exporter
)

// owes are the holdings that oblige who has them to shut the provider down.
const owes = Provider | Shutdown | Holder

// A Summary is the fact about a function.
type Summary struct {
	// Results says, by result, what it holds.
	Results []Holding
	// Sets: it installs a provider of the SDK.
	Sets bool
	// Loses: it starts a provider with a batch that nothing can shut down.
	Loses bool
	// Stores: it starts a provider with a batch and puts it where only
	// code that shuts down stored providers could find it.
	Stores bool
	// Shuts: it shuts a provider down.
	Shuts bool
	// ShutsWith tells the parameters, not counting the receiver, that it shuts a
	// provider down with: the context as it is, with its cancellation.
	ShutsWith []bool
	// Keeps tells the parameters, not counting the receiver, of which it keeps
	// nothing and that it does not shut down.
	Keeps []bool
	// Samples tells the parameters, not counting the receiver, that become the
	// sampler of a provider as they are.
	Samples []bool
	// Serves: it runs a server or the program, and comes back when that is over.
	Serves bool
	// Exits: it ends the process.
	Exits bool
}

// AFact marks Summary as a fact.
func (*Summary) AFact() {}

func (s *Summary) String() string { return fmt.Sprintf("%+v", *s) }

func newSummary(sig *types.Signature) *Summary {
	return &Summary{
		Results:   make([]Holding, sig.Results().Len()),
		ShutsWith: make([]bool, sig.Params().Len()),
		Keeps:     make([]bool, sig.Params().Len()),
		Samples:   make([]bool, sig.Params().Len()),
	}
}

func (s *Summary) empty() bool {
	return !s.Sets && !s.Loses && !s.Stores && !s.Shuts && !s.Serves && !s.Exits && !slices.Contains(s.ShutsWith, true) &&
		!slices.Contains(s.Keeps, true) && !slices.Contains(s.Samples, true) && !slices.ContainsFunc(s.Results, func(h Holding) bool { return h != 0 })
}

func (s *Summary) result(i int) Holding {
	if s == nil || i < 0 || i >= len(s.Results) {
		return 0
	}
	return s.Results[i]
}

// summary returns what is known of fn; nil if that is nothing.
func (r *Result) summary(fn *types.Func) *Summary {
	if fn == nil {
		return nil
	}
	fn = fn.Origin()
	if f := r.byObj[fn]; f != nil {
		return f.sum
	}
	if fn.Pkg() == nil || fn.Pkg() == r.pass.Pkg {
		return nil
	}
	// One of another module has a fact if that is in the user's workspace.
	if sum, ok := r.imported[fn]; ok {
		return sum
	}
	sum := new(Summary)
	if !r.pass.ImportObjectFact(fn, sum) {
		sum = nil
	}
	r.imported[fn] = sum
	return sum
}
