package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
)

// The scripts ask the program itself what may come next: "tracevet __complete WORD..." prints
// it for the last of the words, which may be empty. Libraries for completion bring a
// command-line framework along, and none that is kept knows flags with one dash.
var completionScripts = map[string]string{
	"bash": `# tracevet completion for bash. Load it with: source <(tracevet completion bash)
_tracevet() {
	local IFS=$'\n'
	COMPREPLY=($("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/,] ]] && compopt -o nospace
}
COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}
complete -F _tracevet tracevet
`,
	"zsh": `#compdef tracevet
# tracevet completion for zsh. Load it with: source <(tracevet completion zsh)
_tracevet() {
	local -a reply
	reply=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	compadd -Q -S '' -- "${reply[@]}"
}
compdef _tracevet tracevet
`,
	"fish": `# tracevet completion for fish. Load it with: tracevet completion fish | source
function __tracevet_complete
	set -l words (commandline -opc) (commandline -ct)
	$words[1] __complete $words[2..-1] 2>/dev/null
end
complete -c tracevet -f -a '(__tracevet_complete)'
`,
}

// completion prints the completion script of a shell.
func completion(_ []analyzers.Rule, args []string, stdout, stderr io.Writer) int {
	shells := slices.Sorted(maps.Keys(completionScripts))
	if len(args) != 1 || completionScripts[args[0]] == "" {
		return fail(stderr, fmt.Errorf("usage: tracevet completion %s", strings.Join(shells, "|")))
	}
	fmt.Fprint(stdout, completionScripts[args[0]])
	return exitClean
}

// complete prints what the last of the words in args may become, one a line.
func complete(registry []analyzers.Rule, args []string, stdout, _ io.Writer) int {
	if len(args) == 0 {
		args = []string{""}
	}
	for _, word := range completions(registry, args[:len(args)-1], args[len(args)-1]) {
		fmt.Fprintln(stdout, word)
	}
	return exitClean
}

// completions returns what word, which follows the words before, may become.
func completions(registry []analyzers.Rule, before []string, word string) []string {
	var ruleNames []string
	for _, r := range registry {
		ruleNames = append(ruleNames, r.Name)
	}
	if len(before) > 0 {
		switch before[0] {
		case "help", "explain":
			return prefixed(ruleNames, word)
		case "completion":
			return prefixed(slices.Sorted(maps.Keys(completionScripts)), word)
		case "gopls":
			return prefixed([]string{"-o", "-source"}, word)
		case "rules":
			return nil
		}
		if o := optionOf(before[len(before)-1]); o != nil && o.arg != "" && !strings.Contains(before[len(before)-1], "=") {
			return o.complete(ruleNames, word)
		}
	}
	if flagName, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(word, "-") {
		if o := optionOf(flagName); o != nil {
			var words []string
			for _, v := range o.complete(ruleNames, value) {
				words = append(words, flagName+"="+v)
			}
			return words
		}
		return nil
	}
	if strings.HasPrefix(word, "-") {
		var flags []string
		for _, o := range options() {
			name := "-" + o.name
			if o.arg != "" {
				name += "="
			}
			flags = append(flags, name)
		}
		for _, o := range ruleOptions(registry) {
			name := "-" + o.name
			if !o.isBool() {
				name += "="
			}
			flags = append(flags, name)
		}
		return prefixed(flags, word)
	}
	words := directories(word)
	if len(before) == 0 {
		words = append(prefixed([]string{"completion", "explain", "gopls", "help", "lsp", "rules"}, word), words...)
	}
	return append(prefixed([]string{"./..."}, word), words...)
}

// optionOf returns the option that a word such as "-format" or "-format=x" sets, or nil.
func optionOf(word string) *option {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	for _, o := range options() {
		if o.name == name && strings.HasPrefix(word, "-") {
			return &o
		}
	}
	return nil
}

// complete returns what a value of the option may become.
func (o *option) complete(ruleNames []string, value string) []string {
	switch {
	case o.arg == "list" && o.name != "tags":
		known := o.values
		if known == nil {
			known = slices.Concat(ruleNames, analyzers.Groups())
		}
		head, last := "", value
		if i := strings.LastIndexByte(value, ','); i >= 0 {
			head, last = value[:i+1], value[i+1:]
		}
		var words []string
		for _, name := range prefixed(known, last) {
			words = append(words, head+name)
		}
		return words
	case o.values != nil:
		return prefixed(o.values, value)
	case o.arg == "dir":
		return directories(value)
	case o.arg == "file":
		files, _ := filepath.Glob(value + "*")
		return files
	}
	return nil
}

func prefixed(words []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !strings.HasPrefix(w, prefix) })
}

// directories returns the directories whose names begin with prefix, but for hidden ones.
func directories(prefix string) []string {
	var dirs []string
	matches, _ := filepath.Glob(prefix + "*")
	for _, m := range matches {
		if st, err := os.Stat(m); err == nil && st.IsDir() && !strings.HasPrefix(filepath.Base(m), ".") {
			m = filepath.ToSlash(m) + "/"
			if strings.HasPrefix(prefix, "./") && !strings.HasPrefix(m, "./") { // Glob drops it
				m = "./" + m
			}
			dirs = append(dirs, m)
		}
	}
	return dirs
}
