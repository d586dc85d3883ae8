package edit

import (
	"go/constant"
	"go/token"
	"go/types"

	"github.com/tracevet/tracevet/passes/knowledge"
)

// stub returns a stand-in for a package that the package of the pass depends
// on, but that was not loaded: drivers such as go vet load what is imported
// directly, and of the rest they know what the export data of the former
// mentions. The stand-in has the constants that package knowledge lists, of
// the very type that the export data mentions. It is nil if the package is not
// among the dependencies, or not one that knowledge lists.
//
// That the package is mentioned there proves that it can be imported: it was
// built for one that is.
func (c *checker) stub(path string) *types.Package {
	decl, ok := knowledge.Constants(path)
	if !ok {
		return nil
	}
	mentioned := c.dependency(path)
	if mentioned == nil {
		return nil
	}
	tn, ok := mentioned.Scope().Lookup(decl.Type).(*types.TypeName)
	if !ok {
		return nil
	}
	if c.stubs[path] == nil {
		pkg := types.NewPackage(path, decl.Package)
		for _, k := range decl.Names {
			pkg.Scope().Insert(types.NewConst(token.NoPos, pkg, k.Name, tn.Type(), constant.MakeInt64(k.Value)))
		}
		pkg.MarkComplete()
		if c.stubs == nil {
			c.stubs = make(map[string]*types.Package)
		}
		c.stubs[path] = pkg
	}
	return c.stubs[path]
}
