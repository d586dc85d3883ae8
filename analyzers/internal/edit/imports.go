package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tracevet/tracevet/passes/settings"
)

// AddImport makes the package with the import path pkgpath usable at position
// at. It returns the qualifier to write there, or "" for a dot import. It is
// the name of an import that the file has, if that is not hidden at position
// at; else the import is added under the package's own name, or an alias where
// that means something else in the file already. Argument name is the name
// that the caller knows the package by; if the package has got another one by
// now, the plan fails, as the rest of what the caller knows may be as old.
//
// Which import is added, and where, depends on nothing but the file and the
// path: fixes that add the same one do it by identical edits.
//
// The plan fails if the package is not known to be importable here. Its path
// alone does not tell: it has to be among the packages that this one already
// depends on. (Under go vet, which loads no more of indirect dependencies than
// it needs, one of the files of the package has to import it, or it has to be
// one of which package knowledge lists the constants.)
func (p *Plan) AddImport(pkgpath, name string, at token.Pos) string {
	if p.refused() {
		return ""
	}
	scope := p.scopeAt(at)
	if scope == nil {
		p.Refuse()
		return ""
	}
	if name, ok := p.imports[pkgpath]; ok {
		return name // nothing in the file has that name, so nothing hides it
	}
	if name, ok := p.existing(pkgpath, scope, at); ok {
		return name
	}
	pkg := p.planner.check.importable(pkgpath)
	if pkg == nil || pkg.Name() != name {
		p.Refuse()
		return ""
	}
	name = p.importName(pkg)
	spec := strconv.Quote(pkgpath)
	if name != pkg.Name() || name != assumedName(pkgpath) {
		spec = name + " " + spec
	}
	if !p.insertSpec(pkgpath, spec) {
		p.Refuse()
		return ""
	}
	p.imports[pkgpath] = name
	p.quals[name] = pkg.Path()
	p.additive = false
	return name
}

// Qualifier is AddImport for text: it returns what to write in front of a name of the
// package, with the dot, or "" for a dot import.
func (p *Plan) Qualifier(pkgpath, name string, at token.Pos) string {
	if qual := p.AddImport(pkgpath, name, at); qual != "" {
		return qual + "."
	}
	return ""
}

// existing returns the qualifier of an import of the package that the file has
// and that is visible in scope at position at.
func (p *Plan) existing(pkgpath string, scope *types.Scope, at token.Pos) (string, bool) {
	for _, spec := range p.src.file.Imports {
		pkg := p.planner.pass.TypesInfo.PkgNameOf(spec)
		if pkg == nil || pkg.Name() == "_" || unquote(spec.Path.Value) != pkgpath && pkg.Imported().Path() != pkgpath {
			continue
		}
		if pkg.Name() == "." {
			if visible(pkg.Imported(), scope, at) {
				return "", true
			}
			continue
		}
		if _, obj := scope.LookupParent(pkg.Name(), at); obj == pkg && !p.taken(pkg.Name()) {
			p.quals[pkg.Name()] = pkg.Imported().Path()
			if !slices.Contains(p.reused, spec) {
				p.reused = append(p.reused, spec)
			}
			return pkg.Name(), true
		}
	}
	return "", false
}

// visible reports whether every name that a dot import of pkg brings means
// pkg's own object in scope at position at: we do not know which ones the fix
// is going to use.
func visible(pkg *types.Package, scope *types.Scope, at token.Pos) bool {
	for _, name := range pkg.Scope().Names() {
		if !token.IsExported(name) {
			continue
		}
		if _, obj := scope.LookupParent(name, at); obj != pkg.Scope().Lookup(name) {
			return false
		}
	}
	return true
}

// taken reports whether the plan has handed name out for a variable.
func (p *Plan) taken(name string) bool {
	for _, names := range p.names {
		if names[name] {
			return true
		}
	}
	return false
}

// importName returns the name to import pkg by: its own one, or if that means
// something in the file or in the package, an alias.
func (p *Plan) importName(pkg *types.Package) string {
	pass := p.planner.pass
	taken := func(name string) bool {
		return p.src.names[name] || p.taken(name) || p.quals[name] != "" ||
			pass.TypesInfo.Scopes[p.src.file].Lookup(name) != nil ||
			pass.Pkg.Scope().Lookup(name) != nil ||
			p.planner.check.declaredElsewhere(name)
	}
	if name := pkg.Name(); types.Universe.Lookup(name) == nil && !taken(name) {
		return name
	}
	return firstFree(alias(pkg.Path(), pkg.Name()), taken)
}

var (
	majorVersion = regexp.MustCompile(`^v[0-9]+$`)
	anyVersion   = regexp.MustCompile(`^v[0-9]+(\.[0-9]+)*$`)
)

// alias returns the name for an import whose own name is taken: that with the
// path's element before it in front, such as otelcodes or grpccodes.
func alias(pkgpath, name string) string {
	elems := strings.Split(pkgpath, "/")
	if n := len(elems); n > 1 && anyVersion.MatchString(elems[n-1]) {
		elems = elems[:n-1]
	}
	before := "std"
	if n := len(elems); n > 1 {
		before = elems[n-2]
	} else if !isStd(pkgpath) {
		before = "pkg"
	}
	before = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, before)
	if !token.IsIdentifier(before + name) {
		before = "pkg"
	}
	return before + name
}

// assumedName returns the name that a reader assumes for a package, given its
// path; if the package has another one, the import spells it out.
func assumedName(pkgpath string) string {
	base := path.Base(pkgpath)
	if dir := path.Dir(pkgpath); majorVersion.MatchString(base) && dir != "." {
		base = path.Base(dir)
	}
	base = strings.TrimPrefix(base, "go-")
	if i := strings.IndexFunc(base, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }); i >= 0 {
		base = base[:i]
	}
	return base
}

// isStd reports whether pkgpath looks like one of the standard library.
func isStd(pkgpath string) bool {
	first, _, _ := strings.Cut(pkgpath, "/")
	return !strings.Contains(first, ".")
}

// insertSpec plans the insertion of an import specification: in the group of
// imports that fits, else in a new group, else in a new declaration.
func (p *Plan) insertSpec(pkgpath, spec string) bool {
	groups := p.src.importGroups()
	if len(groups) == 0 {
		return p.insertDecl(spec)
	}
	group := bestGroup(groups, pkgpath, p.modulePath())
	switch {
	case group != nil:
		for _, s := range group {
			if pkgpath < unquote(s.Path.Value) {
				return p.specBefore(s, spec, "\n")
			}
		}
		return p.specAfter(group[len(group)-1], spec, "")
	case isStd(pkgpath):
		return p.specBefore(groups[0][0], spec, "\n\n")
	default:
		last := groups[len(groups)-1]
		return p.specAfter(last[len(last)-1], spec, "\n")
	}
}

// specBefore inserts spec on the line before old. Both this and specAfter
// insert at the start of a line, where the edits that remove the lines of
// other imports do not get in the way.
func (p *Plan) specBefore(old *ast.ImportSpec, spec, sep string) bool {
	start := p.src.offset(old.Pos())
	anchor, ok := p.src.anchor(start)
	if !ok {
		p.inline(start, spec+"; ")
		return !p.refused()
	}
	line := p.src.lineStart(anchor)
	p.add(line, line, p.src.indent(anchor)+spec+sep)
	return true
}

// specAfter inserts spec on the line after old.
func (p *Plan) specAfter(old *ast.ImportSpec, spec, sep string) bool {
	end := p.src.end(old)
	off, ok := p.src.lineEnd(end)
	if !ok {
		p.inline(end, "; "+spec)
		return !p.refused()
	}
	indent := "\t"
	if start := p.src.offset(old.Pos()); p.src.firstOnLine(start) {
		indent = p.src.indent(start)
	}
	line := p.src.nextLine(off)
	p.add(line, line, sep+indent+spec+"\n")
	return true
}

// insertDecl inserts an import declaration for spec, after those of the file.
func (p *Plan) insertDecl(spec string) bool {
	var last ast.Node = p.src.file.Name
	sep := "\n"
	for _, decl := range p.src.file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			last, sep = decl, ""
		}
	}
	text := "import " + spec
	end := p.src.end(last)
	off, ok := p.src.lineEnd(end)
	if !ok {
		p.inline(end, "; "+text)
		return !p.refused()
	}
	line := p.src.nextLine(off)
	if line == off { // the file ends here, without a new line
		p.add(off, off, "\n"+sep+text+"\n")
		return true
	}
	if line < len(p.src.content) && !p.src.blankLine(line) {
		text += "\n" // the comment that follows is not about imports
	}
	p.add(line, line, sep+text+"\n")
	return true
}

// importGroups returns the imports in parentheses, in runs on successive lines:
// the runs that gofmt sorts.
func (src *source) importGroups() [][]*ast.ImportSpec {
	line := func(pos token.Pos) int { return src.tok.Line(pos) }
	var groups [][]*ast.ImportSpec
	for _, decl := range src.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			break // no import comes after another declaration
		}
		if !d.Lparen.IsValid() {
			continue
		}
		for i, s := range d.Specs {
			if i == 0 || line(s.Pos()) > 1+line(d.Specs[i-1].End()) {
				groups = append(groups, nil)
			}
			n := len(groups) - 1
			groups[n] = append(groups[n], s.(*ast.ImportSpec))
		}
	}
	return groups
}

// bestGroup returns the group that an import of pkgpath belongs to, or nil.
func bestGroup(groups [][]*ast.ImportSpec, pkgpath, module string) []*ast.ImportSpec {
	local := func(pkgpath string) bool { return module != "" && within(pkgpath, module) }
	var best []*ast.ImportSpec
	most := -1
	for _, group := range groups {
		for _, s := range group {
			other := unquote(s.Path.Value)
			score := -1
			switch {
			case local(other) != local(pkgpath):
				// the own module's packages are often kept apart
			case local(other):
				score = 1 + commonElems(other, pkgpath)
			case isStd(other) != isStd(pkgpath):
			case isStd(other):
				score = 1
			default:
				score = 1 + commonElems(other, pkgpath)
			}
			if score > most {
				best, most = group, score
			}
		}
	}
	return best
}

// commonElems returns how many path elements x and y begin with in common.
func commonElems(x, y string) int {
	xs, ys := strings.Split(x, "/"), strings.Split(y, "/")
	n := 0
	for n < len(xs) && n < len(ys) && xs[n] == ys[n] {
		n++
	}
	return n
}

// within reports whether pkgpath is root or below it.
func within(pkgpath, root string) bool {
	rest, ok := strings.CutPrefix(pkgpath, root)
	return ok && (rest == "" || rest[0] == '/')
}

func (p *Plan) modulePath() string {
	if m := settings.Module(p.planner.pass); m != nil {
		return m.Path
	}
	return ""
}

// unquote returns the import path that a literal stands for.
func unquote(lit string) string {
	s, _ := strconv.Unquote(lit)
	return s
}
