// Measure compares what tracevet costs with what other tools do, on programs that
// are given as folders, and prints the tables of docs/performance.md:
//
//	go run ./internal/measure [-runs n] [-uncached] folder...
//
// The folders are copied, and nothing else is written to. What is compared is CPU time,
// user and system, of the command and all that it starts, which other load on the
// machine changes little; and the memory of the largest of these processes. A tool
// that was run before is measured again only after all the others.
//
// cold: the dependencies are compiled, and the tool has never been run. For vet tools,
// that is a copy of the tool with a few bytes at its end, which the go command takes for
// another one. warm: nothing has changed since. edit: the package that most others of
// the module import has a new declaration, which these do not see. uncached (only with
// the flag): the build cache is empty, so dependencies are compiled, too.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

var (
	runs     = flag.Int("runs", 3, "how often to measure; the median counts")
	uncached = flag.Bool("uncached", false, "measure with an empty build cache, too, which takes long")
	work     = flag.String("work", "", "a folder for copies and tools, which is kept (default: a temporary one)")
	only     = flag.String("only", "", "comma-separated beginnings of the names of tools (default: all)")
)

// The scenarios, in the order in which a tool goes through them.
const (
	cold = iota
	warm
	edit
	empty
	scenarios
)

var names = [scenarios]string{"cold", "warm", "edit", "uncached"}

// A cost is what a run took.
type cost struct {
	cpu    float64 // seconds
	memory int64   // of the largest process, in bytes
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("measure: ")
	flag.Parse()
	dir := *work
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "measure"); err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		log.Fatal(err)
	}
	tools := slices.DeleteFunc(makeTools(dir), func(t *tool) bool {
		isIt := func(beginning string) bool { return strings.HasPrefix(t.name, beginning) }
		return !slices.ContainsFunc(strings.Split(*only, ","), isIt) // "" begins them all
	})
	for _, folder := range flag.Args() {
		p := newProgram(filepath.Join(dir, "programs"), folder)
		fmt.Printf("\n%s: %d packages, of which %d are its own, %s, %d CPUs\n", p.name, p.packages, p.own, runtime.Version(), runtime.NumCPU())
		measure(p, tools)
	}
}

// measure measures all tools on a program and prints a table.
func measure(p *program, tools []*tool) {
	costs := make(map[*tool]*[scenarios][]cost)
	for _, t := range tools {
		costs[t] = new([scenarios][]cost)
	}
	for range *runs {
		for _, t := range tools {
			t.renew()
			for s := cold; s <= edit; s++ {
				if s == edit {
					p.edit()
				}
				if t.run == nil {
					continue
				}
				costs[t][s] = append(costs[t][s], t.measure(p, nil))
			}
			fmt.Fprintf(os.Stderr, "%s %s: %.1f %.1f %.1f\n", p.name, t.name, last(costs[t][cold]), last(costs[t][warm]), last(costs[t][edit]))
		}
	}
	if *uncached {
		for _, t := range tools {
			if !t.uncached {
				continue
			}
			cache := filepath.Join(p.dir, "..", "cache")
			costs[t][empty] = append(costs[t][empty], t.measure(p, []string{"GOCACHE=" + cache}))
			if err := os.RemoveAll(cache); err != nil {
				log.Fatal(err)
			}
			fmt.Fprintf(os.Stderr, "%s %s: %.1f uncached\n", p.name, t.name, last(costs[t][empty]))
		}
	}
	printTable(tools, costs)
}

func last(cs []cost) float64 {
	if len(cs) == 0 {
		return 0
	}
	return cs[len(cs)-1].cpu
}

// printTable prints CPU seconds, the ratio to those of the first tool, and memory.
func printTable(tools []*tool, costs map[*tool]*[scenarios][]cost) {
	fmt.Print("\n| tool |")
	for s := range scenarios {
		if s != empty || *uncached {
			fmt.Printf(" %s, CPU s | ratio |", names[s])
		}
	}
	fmt.Println(" memory, MB |")
	fmt.Println("|---|" + strings.Repeat("--:|", 2*(scenarios-1)+map[bool]int{true: 2}[*uncached]+1))
	base := costs[tools[0]]
	for _, t := range tools {
		fmt.Printf("| %s |", t.name)
		var memory int64
		for s := range scenarios {
			if s == empty && !*uncached {
				continue
			}
			cs := costs[t][s]
			if len(cs) == 0 {
				fmt.Print(" | |")
				continue
			}
			m := median(cs)
			fmt.Printf(" %.2f | %.2f |", m, m/median(base[s]))
			if s != empty { // there it is the compiler's
				for _, c := range cs {
					memory = max(memory, c.memory)
				}
			}
		}
		fmt.Printf(" %d |\n", memory>>20)
	}
}

func median(cs []cost) float64 {
	cs = slices.Clone(cs)
	slices.SortFunc(cs, func(x, y cost) int { return cmp.Compare(x.cpu, y.cpu) })
	return cs[len(cs)/2].cpu
}

// must runs a command that has to succeed and returns its output.
func must(dir string, env []string, args ...string) string {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		log.Fatalf("%s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
