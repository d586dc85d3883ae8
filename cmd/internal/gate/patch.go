package gate

import (
	"fmt"
	"strconv"
	"strings"
)

// A fileChange is a line of "git diff --name-status": a file that differs.
type fileChange struct {
	oldName string // "" if the file is new
	newName string // "" if it is deleted
}

// nameStatus reads the output of "git diff --name-status -z".
func nameStatus(out string) ([]fileChange, error) {
	var all []fileChange
	fields := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	for i := 0; i < len(fields) && fields[i] != ""; {
		status, n := fields[i], 1
		if status[0] == 'R' || status[0] == 'C' { // with a number: how much is the same
			n = 2
		}
		if i+n >= len(fields) {
			return nil, fmt.Errorf("cannot read the output of git diff: it ends after %q", status)
		}
		c := fileChange{oldName: fields[i+1], newName: fields[i+n]}
		switch status[0] {
		case 'A':
			c.oldName = ""
		case 'D':
			c.newName = ""
		}
		all = append(all, c)
		i += n + 1
	}
	return all, nil
}

// addedLines reads a patch that git made without context (--unified=0) and with the prefix "b/". It returns the lines
// of each new file that are not in the old one, by the name of the new file.
//
// This is by hand, and not by a library, because that links package net into the
// program, and with it the C library: the go command starts a vet tool for each package, and a
// dynamic linker that runs as often costs a fiftieth of all.
func addedLines(patch string) (map[string]map[int]bool, error) {
	added := make(map[string]map[int]bool)
	var lines map[int]bool
	body := 0 // lines of the hunk at hand that are still to come
	for line := range strings.Lines(patch) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, `\`): // no newline at the end of the file
		case body > 0:
			body--
		case strings.HasPrefix(line, "+++ "):
			name := strings.TrimSuffix(line[len("+++ "):], "\t") // git ends a name with spaces so
			if strings.HasPrefix(name, `"`) {
				unquoted, err := strconv.Unquote(name)
				if err != nil {
					return nil, fmt.Errorf("cannot read the output of git diff: %q: %w", line, err)
				}
				name = unquoted
			}
			lines = make(map[int]bool)
			if name, ok := strings.CutPrefix(name, "b/"); ok { // not /dev/null
				added[name] = lines
			}
		case strings.HasPrefix(line, "@@ "):
			var from, to string
			if _, err := fmt.Sscanf(line, "@@ -%s +%s @@", &from, &to); err != nil || lines == nil {
				return nil, fmt.Errorf("cannot read the output of git diff: %q", line)
			}
			_, n, err := hunkRange(from)
			if err != nil {
				return nil, err
			}
			start, m, err := hunkRange(to)
			if err != nil {
				return nil, err
			}
			body = n + m
			for i := range m {
				lines[start+i] = true
			}
		}
	}
	return added, nil
}

// hunkRange reads "12,3", or "12" for a single line.
func hunkRange(text string) (start, n int, err error) {
	first, count, ok := strings.Cut(text, ",")
	if !ok {
		count = "1"
	}
	if start, err = strconv.Atoi(first); err == nil {
		n, err = strconv.Atoi(count)
	}
	if err != nil {
		err = fmt.Errorf("cannot read the output of git diff: a hunk at %q", text)
	}
	return start, n, err
}
