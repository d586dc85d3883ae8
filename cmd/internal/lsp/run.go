package lsp

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/tracevet/tracevet/cmd/internal/config"
	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// A module is one that has open documents, and what is known about it.
type module struct {
	root     string
	cancel   context.CancelFunc // stops the run that is under way or waiting
	packages map[string]*pkg    // that have been analysed, by directory
	said     string             // the last error that was shown
}

// A pkg holds what the last analysis of a package found. While it does not build, that is all there is to show.
type pkg struct {
	findings []driver.Finding
	texts    texts               // that the findings speak of, as they were analysed
	shown    map[string]struct{} // files that diagnostics were published for
}

// texts are the texts of files. One that is not there is read when it is asked for.
type texts map[string]*text

func (ts texts) of(file string) *text {
	t := ts[file]
	if t == nil {
		data, _ := os.ReadFile(file)
		t = newText(string(data))
		ts[file] = t
	}
	return t
}

// schedule plans a run for the modules that may be affected by a change of a file; by something else, if file is
// empty. Runs that this makes obsolete are stopped. s.mu is held.
func (s *server) schedule(file string, delay time.Duration) {
	dirs := make(map[string][]string) // of the packages to analyse, by root of the module
	for _, d := range s.docs {
		dir := filepath.Dir(d.file)
		root := config.ModuleRoot(dir)
		if !slices.Contains(dirs[root], dir) {
			dirs[root] = append(dirs[root], dir)
		}
	}
	for root, m := range s.modules {
		for dir, p := range m.packages {
			if !slices.Contains(dirs[root], dir) { // nobody keeps it up to date any more
				s.clear(p)
				delete(m.packages, dir)
			}
		}
		if dirs[root] == nil {
			m.cancel()
			delete(s.modules, root)
		}
	}
	for root, of := range dirs {
		m := s.modules[root]
		if m == nil {
			m = &module{root: root, cancel: func() {}, packages: make(map[string]*pkg)}
			s.modules[root] = m
		} else if file != "" && !related(root, config.ModuleRoot(filepath.Dir(file))) {
			continue
		}
		m.cancel()
		ctx, cancel := context.WithCancel(s.ctx)
		m.cancel = cancel
		slices.Sort(of)
		s.runs.Go(func() {
			defer cancel()
			s.run(ctx, m, of, delay)
		})
	}
}

// related reports whether unsaved text in one module can matter to another one: they are the same, or in the same
// workspace. (Through a replacement in go.mod it can, too: that shows when the text is saved.)
func related(root, other string) bool {
	if root == other {
		return true
	}
	work := config.Workspace(root)
	return work != "" && work == config.Workspace(other)
}

// stop stops all runs. s.mu is held.
func (s *server) stop() {
	for _, m := range s.modules {
		m.cancel()
	}
}

// run analyses the packages in dirs, which are all in module m, and publishes what is found.
func (s *server) run(ctx context.Context, m *module, dirs []string, delay time.Duration) {
	defer func() {
		if p := recover(); p != nil {
			s.log(msgError, fmt.Sprintf("a bug in tracevet, please report it: %v\n%s", p, debug.Stack()))
		}
	}()
	select {
	case <-time.After(delay):
	case <-ctx.Done():
		return
	}
	select {
	case s.slot <- struct{}{}:
		defer func() { <-s.slot }()
	case <-ctx.Done():
		return
	}
	if s.isOutside(m.root) {
		return
	}
	o, err := s.o.Prepare(ctx, m.root)
	if err != nil {
		s.say(ctx, m, err.Error())
		return
	}
	o.Driver = driver.GoVet
	o.Scratch = s.scratch
	o.Unsaved = make(map[string][]byte)
	seen, start := make(texts), time.Now()
	s.mu.Lock()
	for _, d := range s.docs {
		if disk, err := os.ReadFile(d.file); (err != nil || string(disk) != d.text) && !s.isOutside(d.file) {
			o.Unsaved[d.file] = []byte(d.text)
		}
		seen[d.file] = newText(d.text)
	}
	s.mu.Unlock()
	o.Patterns = patterns(m.root, dirs)
	if len(o.Patterns) == 0 {
		return
	}
	progress := s.startProgress(filepath.Base(m.root))
	o.Progress = progress.report
	r := s.o.Analyse(ctx, o)
	progress.end()

	s.mu.Lock()
	if ctx.Err() == nil { // it is cancelled under s.mu
		dropStaleFixes(r.Findings, o.Unsaved, start)
		s.update(m, r, seen)
	}
	s.mu.Unlock()
	s.say(ctx, m, serious(r.Errors))
}

// patterns names the packages in dirs for the go command. Vendored ones are not the user's.
func patterns(root string, dirs []string) []string {
	var ps []string
	for _, dir := range dirs {
		rel, err := filepath.Rel(root, dir)
		if err != nil || slices.Contains(strings.Split(rel, string(filepath.Separator)), "vendor") {
			continue
		}
		ps = append(ps, "./"+filepath.ToSlash(rel))
	}
	return ps
}

// isOutside reports whether a file is none of the user's: in the module cache, or the Go tree.
func (s *server) isOutside(file string) bool {
	return slices.ContainsFunc(s.outside(), func(dir string) bool {
		return dir != "" && (file == dir || strings.HasPrefix(file, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator)))
	})
}

// dropStaleFixes drops fixes that edit a file which changed on disk since the run started: they may be for
// another text than the one that was analysed.
func dropStaleFixes(findings []driver.Finding, unsaved map[string][]byte, start time.Time) {
	for i := range findings {
		findings[i].Fixes = slices.DeleteFunc(findings[i].Fixes, func(fix driver.Fix) bool {
			return slices.ContainsFunc(fix.Edits, func(e driver.Edit) bool {
				if _, ok := unsaved[e.File]; ok {
					return false
				}
				st, err := os.Stat(e.File)
				return err != nil || !st.ModTime().Before(start)
			})
		})
	}
}

// update takes over the result of a run, and publishes it. Of packages that could not be analysed the last findings
// stay. s.mu is held.
func (s *server) update(m *module, r driver.Result, seen texts) {
	for _, path := range r.Analysed {
		dir := r.Dirs[path]
		p := &pkg{texts: seen, shown: make(map[string]struct{})}
		for _, f := range r.Findings {
			if f.Package != path {
				continue
			}
			p.findings = append(p.findings, f)
			for _, fix := range f.Fixes {
				for _, e := range fix.Edits {
					seen.of(e.File) // as it is now, not as it is when the fix is asked for
				}
			}
		}
		s.publish(dir, p, m.packages[dir])
		m.packages[dir] = p
	}
}

// publish publishes the findings in the package in dir. old is what was published before, or nil.
func (s *server) publish(dir string, p, old *pkg) {
	byFile := make(map[string][]diagnostic)
	for file := range s.docs {
		if filepath.Dir(file) == dir { // tells that there is nothing, if there is nothing
			byFile[file] = nil
		}
	}
	if old != nil {
		for file := range old.shown {
			byFile[file] = nil
		}
	}
	for _, f := range p.findings {
		byFile[f.Pos.File] = append(byFile[f.Pos.File], s.diagnostic(f, p.texts))
	}
	for file, diagnostics := range byFile {
		if len(diagnostics) > 0 {
			p.shown[file] = struct{}{}
		}
		s.send(file, diagnostics)
	}
}

// clear takes back the diagnostics of a package.
func (s *server) clear(p *pkg) {
	for file := range p.shown {
		s.send(file, nil)
	}
}

// send publishes the diagnostics of a file.
func (s *server) send(file string, diagnostics []diagnostic) {
	out := publishParams{URI: s.uri(file), Diagnostics: diagnostics}
	if d := s.docs[file]; d != nil {
		out.Version = &d.version
	}
	if diagnostics == nil {
		out.Diagnostics = []diagnostic{}
	}
	s.conn.notify("", "textDocument/publishDiagnostics", out)
}

// uri returns the URI of a file, in the client's own spelling if it is open.
func (s *server) uri(file string) string {
	if d := s.docs[file]; d != nil {
		return d.uri
	}
	return uriOf(file)
}

// severities of LSP.
var severities = map[driver.Severity]int{driver.SevError: 1, driver.Warning: 2, driver.Info: 3}

func (s *server) diagnostic(f driver.Finding, ts texts) diagnostic {
	d := diagnostic{
		Range:    ts.of(f.Pos.File).span(f.Pos, f.End),
		Severity: severities[f.Severity],
		Code:     f.Rule,
		Source:   "tracevet",
		Message:  f.Message,
	}
	if d.Severity == 0 {
		d.Severity = severities[driver.Warning]
	}
	if f.URL != "" {
		d.CodeHref = &codeHref{f.URL}
	}
	if !s.client.TextDocument.PublishDiagnostics.RelatedInformation {
		return d
	}
	for _, rel := range f.Related {
		if rel.Pos.File != "" {
			d.Related = append(d.Related, relatedLoc{location{s.uri(rel.Pos.File), ts.of(rel.Pos.File).span(rel.Pos, rel.End)}, rel.Message})
		}
	}
	return d
}

// serious returns the errors that gopls will not show: all but those of packages that do not build.
func serious(errs []driver.Error) string {
	var lines []string
	for _, e := range errs {
		switch {
		case e.Kind == driver.KindBuild, e.Kind == driver.KindSkipped, e.Kind == driver.KindInterrupted:
		case e.Kind == driver.KindUsage && e.Package != "": // such as a file for another system
		case e.Package != "":
			lines = append(lines, e.Package+": "+e.Message)
		default:
			lines = append(lines, strings.TrimSpace(e.Message+"\n"+e.Detail))
		}
	}
	return strings.Join(lines, "\n")
}

// say shows an error to the user, once. An empty text says that there is none any more.
func (s *server) say(ctx context.Context, m *module, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil || m.said == text {
		return
	}
	m.said = text
	if text != "" {
		s.conn.notify("", "window/showMessage", showMessageParams{msgError, "tracevet: " + text})
	}
}
