package edit

import (
	"testing"
)

func TestFreshName(t *testing.T) {
	for _, test := range []struct {
		name, src, at, base, want string
	}{
		{"free", "package p\nfunc f() { here() }; func here() {}", "here", "span", "span"},
		{"parameter", "package p\nfunc f(span int) { here() }; func here() {}", "here", "span", "span2"},
		{"result", "package p\nfunc f() (span, span2 int) { here(); return }; func here() {}", "here", "span", "span3"},
		{"receiver", "package p\ntype T int\nfunc (span T) f() { here() }; func here() {}", "here", "span", "span2"},
		{"type parameter", "package p\nfunc f[span any]() { here() }; func here() {}", "here", "span", "span2"},
		{"declared later", "package p\nfunc f() { here(); span := 1; _ = span }; func here() {}", "here", "span", "span2"},
		{"in another block", "package p\nfunc f() { { var span int; _ = span }; here() }; func here() {}", "here", "span", "span2"},
		{"in a closure", "package p\nfunc f() { here(); func(span int) {}(1) }; func here() {}", "here", "span", "span2"},
		{"around a closure", "package p\nfunc f(span int) { func() { here() }() }; func here() {}", "here", "span", "span2"},
		{"type switch", "package p\nfunc f(x any) { switch span := x.(type) { case int: _ = span }; here() }; func here() {}", "here", "span", "span2"},
		{"local type and constant", "package p\nfunc f() { type span int; const span2 = 1; here() }; func here() {}", "here", "span", "span3"},
		{"label", "package p\nfunc f() {\nspan:\n here(); goto span }; func here() {}", "here()", "span", "span"},
		{"field and method", "package p\ntype T struct { span int }\nfunc (T) End() {}\nfunc f(x T) { x.End(); here(T{span: x.span}) }; func here(T) {}", "here", "span", "span"},
		{"embedded type", "package p\nfunc f() { type span int; var x struct { span }; _ = x.span; here() }; func here() {}", "here", "span", "span2"},
		{"package level", "package p\nfunc f() { here() }; func here() {}; var span int", "here", "span", "span2"},
		{"import", "package p\nimport span \"fmt\"\nfunc f() { here() }; func here() {}; var _ = span.Sprint", "here", "span", "span2"},
		{"dot import", "package p\nimport . \"fmt\"\nfunc f() { here() }; func here() {}; var _ = Sprint", "here", "Sprint", "Sprint2"},
		{"predeclared", "package p\nfunc f() { here() }; func here() {}", "here", "len", "len2"},
		{"local of another function", "package p\nfunc f() { here() }; func here() { span := 1; _ = span }", "here", "span", "span"},
		{"variable at package level", "package p\nvar f = func(span int) { here() }; func here() {}", "here", "span", "span2"},
		{"keyword", "package p\nfunc f() { here() }; func here() {}", "here", "type", ""},
		{"blank", "package p\nfunc f() { here() }; func here() {}", "here", "_", ""},
		{"no name", "package p\nfunc f() { here() }; func here() {}", "here", "a b", ""},
		{"not in a declaration", "package p\nfunc f() { here() }; func here() {}", "package", "span", ""},
		{"in the imports", "package p\nimport \"fmt\"\nfunc f() { fmt.Println() }", "fmt", "span", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := load(t, test.src, nil)
			p := New(f.pass, f.file)
			if got := p.FreshName(test.base, f.at(test.at)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if p.refused() != (test.want == "") {
				t.Errorf("refused: %t", p.refused())
			}
			if test.want == "" {
				return
			}
			if again := p.FreshName(test.base, f.at(test.at)); again == test.want {
				t.Errorf("%s is given out twice", again)
			}
		})
	}
}

func TestRef(t *testing.T) {
	const src = "package p\n\nfunc f(a int) {\n\tb := a\n\t{\n\t\ta := 1\n\t\t_ = a\n\t}\n\tswitch {\n\tcase true:\n\t\tc := b\n\t\t_ = c\n\t}\n\tb = 2\n}\n\nvar d int\n"
	for _, test := range []struct {
		name, decl, at string
		want           bool
	}{
		{"visible", "a int", "b := a", true},
		{"hidden", "a int", "_ = a", false},
		{"out of scope", "a := 1", "b = 2", false},
		{"not yet declared", "b := a", "b := a", false},
		{"declared", "b := a", "{\n\t\ta", true},
		{"at the end of a clause", "c := b", "\n\t}\n\tb = 2", true},
		{"after a clause", "c := b", "b = 2", false},
		{"package level", "d int", "b = 2", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := load(t, src, nil)
			id := identAt(f, test.decl)
			p := New(f.pass, f.file)
			got := p.Ref(f.pass.TypesInfo.Defs[id], f.at(test.at))
			if want := map[bool]string{true: id.Name}[test.want]; got != want || p.refused() == test.want {
				t.Errorf("got %q, refused: %t", got, p.refused())
			}
		})
	}
	f := load(t, src, nil)
	if p := New(f.pass, f.file); p.Ref(nil, f.at("b = 2")) != "" || !p.refused() {
		t.Errorf("Ref(nil) is not refused")
	}
}
