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
// mentions. The stand-in has what package knowledge lists: constants, or makers, of
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
		for _, name := range decl.Structs {
			tn := types.NewTypeName(token.NoPos, pkg, name, nil)
			types.NewNamed(tn, types.NewStruct(nil, nil), nil)
			pkg.Scope().Insert(tn)
		}
		for _, name := range decl.Makers {
			// What implements the type, the stand-ins of the structs do not show: any will do.
			params := types.NewTuple(types.NewParam(token.NoPos, pkg, "", types.NewSlice(types.Universe.Lookup("any").Type())))
			results := types.NewTuple(types.NewParam(token.NoPos, pkg, "", tn.Type()))
			pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(nil, nil, nil, params, results, true)))
		}
		pkg.MarkComplete()
		if c.stubs == nil {
			c.stubs = make(map[string]*types.Package)
		}
		c.stubs[path] = pkg
	}
	return c.stubs[path]
}
