package driver

import (
	"path/filepath"
	"regexp"
	"strings"
)

// A unit that dies without a word is reported as "pkg: /path/of/tool: exit status 3".
var exitLine = regexp.MustCompile(`^(\S+)(?: \[\S+\])?: .*: ((?:exit status|exit code|signal:) .*)$`)

// noise are lines of the go command that report progress, not faults.
var noise = regexp.MustCompile(`^go: (downloading|finding|extracting|upgraded|added|warning: ignoring) `)

// crashed are the first words of a dying Go program.
var crashed = regexp.MustCompile(`(?m)^(panic: |fatal error: |runtime: goroutine stack exceeds|unexpected fault address|SIG[A-Z]+: )`)

// parseStderr turns what "go vet" wrote on stderr into errors of r. exit is the error
// of the process, dir its working directory, tool the name of the vet tool, which begins some lines.
//
// The go command writes a section for each package in trouble:
//
//	# import/path [variant]
//	file.go:2:12: undefined: x
//
// Lines outside of a section are faults that it found before it built anything,
// or the exit status of a unit that wrote nothing.
func parseStderr(stderr string, exit error, dir, tool string, pkgs []*pkg, r *Result) {
	before := len(r.Errors)
	asked := askedFor(pkgs)
	var path string
	var lines []string
	flush := func() {
		text := strings.TrimRight(strings.Join(lines, "\n"), " \n")
		lines = nil
		if text == "" {
			return
		}
		r.fail(classify(path, text, dir, pkgs))
	}
	for line := range strings.SplitSeq(stderr, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if header, ok := strings.CutPrefix(line, "# "); ok {
			if strings.HasPrefix(header, "[") { // a second header line describes the command
				continue
			}
			flush()
			path = asked.of(header)
			if path == "" { // a dependency
				path, _, _ = strings.Cut(header, " [")
			}
			continue
		}
		if m := exitLine.FindStringSubmatch(line); m != nil {
			flush()
			path = ""
			r.fail(Error{Kind: KindCrash, Package: m[1], Message: "the analysis of this package died: " + m[2] + reportIt})
			continue
		}
		if noise.MatchString(line) {
			continue
		}
		lines = append(lines, strings.TrimPrefix(line, tool+": "))
	}
	flush()
	if exit != nil && len(r.Errors) == before {
		r.fail(Error{Kind: KindGo, Message: "go vet: " + exit.Error()})
	}
}

const reportIt = " (a bug in tracevet, please report it)"

// classify makes the error of a section of stderr.
func classify(path, text, dir string, pkgs []*pkg) Error {
	if loc := crashed.FindStringIndex(text); loc != nil {
		first, rest, _ := strings.Cut(trimStack(text[loc[0]:]), "\n")
		return Error{Kind: KindCrash, Package: path, Message: "the analysis of this package died: " + first + reportIt, Detail: rest}
	}
	if strings.Contains(text, "requires newer Go version") {
		text += "\n(the go command in use is newer than the Go that tracevet was built with: build tracevet again)"
	}
	if path != "" {
		return Error{Kind: KindBuild, Package: path, Message: text}
	}
	// "file.go:3:8: no required module provides package ..." in a test file,
	// which go list does not look at.
	if file := parsePosition(firstPosition(text)).File; file != "" {
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		for _, p := range pkgs {
			if p.Dir == filepath.Dir(file) {
				return Error{Kind: KindBuild, Package: p.ImportPath, Message: text}
			}
		}
	}
	return Error{Kind: KindGo, Message: text}
}

// firstPosition returns the position that text begins with, or "".
func firstPosition(text string) string {
	pos, _, ok := strings.Cut(text, ": ")
	if !ok || !strings.Contains(pos, ".go:") {
		return ""
	}
	return pos
}

// trimStack drops, from a text that contains the stack of a recovered panic, the
// frames above the panic: they are those of the recovery.
func trimStack(text string) string {
	goroutine := strings.Index(text, "\ngoroutine ")
	if goroutine < 0 {
		return text
	}
	head, stack := text[:goroutine+1], text[goroutine+1:]
	title, frames, _ := strings.Cut(stack, "\n")
	if i := strings.LastIndex("\n"+frames, "\npanic("); i >= 0 {
		frames = frames[i:]
		for range 2 { // the frame of panic itself: its call and its position
			_, frames, _ = strings.Cut(frames, "\n")
		}
	}
	return head + title + "\n" + frames
}
