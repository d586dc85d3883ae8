package lsp

import (
	"slices"
	"strings"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

// quickFix is the kind of code actions that repair what a diagnostic is about.
const quickFix = "quickfix"

// codeActions returns the fixes of the findings in a range: of each finding all alternatives, the first
// of which is the preferred one. A fix is offered only while all files that it edits are as they were analysed.
// s.mu is held.
func (s *server) codeActions(p codeActionParams) ([]codeAction, error) {
	actions := []codeAction{}
	file, err := fileOf(p.TextDocument.URI)
	if err != nil {
		return nil, &rpcError{codeInvalidParams, err.Error()}
	}
	if s.client.TextDocument.CodeAction.Literals == nil || !wants(p.Context.Only, quickFix) {
		return actions, nil
	}
	now := make(texts)
	for _, d := range s.docs {
		now[d.file] = newText(d.text)
	}
	for _, m := range s.modules {
		for _, pkg := range m.packages {
			for _, f := range pkg.findings {
				if f.Pos.File != file {
					continue
				}
				d := s.diagnostic(f, pkg.texts)
				if !overlap(d.Range, p.Range) {
					continue
				}
				for i, fix := range f.Fixes {
					if !unchanged(fix, pkg.texts, now) {
						continue
					}
					actions = append(actions, codeAction{
						Title:       fix.Message,
						Kind:        quickFix,
						Diagnostics: []diagnostic{d},
						IsPreferred: i == 0,
						Edit:        s.workspaceEdit(fix, now),
					})
				}
			}
		}
	}
	return actions, nil
}

// wants reports whether a client that asks for some kinds of actions, or for all, wants the given one: a kind
// stands for those below it, too.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k string) bool {
		return k == "" || k == kind || strings.HasPrefix(kind, k+".")
	})
}

// unchanged reports whether the files that a fix edits are as they were analysed.
func unchanged(fix driver.Fix, then, now texts) bool {
	for _, e := range fix.Edits {
		if then.of(e.File).data != now.of(e.File).data {
			return false
		}
	}
	return true
}

// workspaceEdit returns the edits of a fix, by file in the order of their first edits.
func (s *server) workspaceEdit(fix driver.Fix, ts texts) workspaceEdit {
	var files []string
	edits := make(map[string][]textEdit)
	for _, e := range fix.Edits {
		if edits[e.File] == nil {
			files = append(files, e.File)
		}
		t := ts.of(e.File)
		edits[e.File] = append(edits[e.File], textEdit{textRange{t.position(e.Start), t.position(e.End)}, e.New})
	}
	var w workspaceEdit
	for _, file := range files {
		if !s.client.Workspace.WorkspaceEdit.DocumentChanges {
			if w.Changes == nil {
				w.Changes = make(map[string][]textEdit)
			}
			w.Changes[s.uri(file)] = edits[file]
			continue
		}
		doc := versionedDocument{URI: s.uri(file)}
		if d := s.docs[file]; d != nil {
			doc.Version = &d.version
		}
		w.DocumentChanges = append(w.DocumentChanges, documentEdit{doc, edits[file]})
	}
	return w
}
