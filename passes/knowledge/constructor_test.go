package knowledge

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// constructorSource: of what each method and function is meant to be, its name says: Makes or Works.
const constructorSource = `package lib

type Client struct{ url string }

func NewMakes() *Client           { return nil }
func (Client) NewWorks() *Client  { return nil } // it has a connection
func (*Client) Works() *Client    { return nil }
func Works() error                { return nil }

type Config struct{ URL string; Keys []string }

func (Config) NewMakes() *Client         { return nil }
func (*Config) NewMakesToo() (*Client, error) { return nil, nil }
func (Config) Works() *Client            { return nil } // a verb
func (Config) NewWorks() string          { return "" }

type Empty struct{}

func (Empty) NewWorks() *Client { return nil } // there is nothing to fill in
`

func TestIsConstructor(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "lib.go", constructorSource, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	if _, err := new(types.Config).Check("example.com/lib", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		n++
		fn := info.Defs[d.Name].(*types.Func)
		want := d.Name.Name == "NewMakes" || d.Name.Name == "NewMakesToo"
		if got := IsConstructor(fn); got != want {
			t.Errorf("%s: IsConstructor is %v", fn.FullName(), got)
		}
	}
	if n != 9 {
		t.Errorf("%d functions", n)
	}
}
