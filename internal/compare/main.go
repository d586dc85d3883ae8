// Compare runs tracevet and five other analysers on the same code, and prints
// docs/comparison.md:
//
//	go run ./internal/compare >docs/comparison.md
//
// The others are built in a module of their own, in a temporary directory, from
// the Go module proxy. With -check it runs tracevet alone, and checks that its
// figures in docs/comparison.md still hold.
//
// The code is that of the fixtures, where a line with a want-comment is a fault
// of the rule that the folder is called after, and the sample services, where
// the file FAULTS.md lists the faults.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const page = "docs/comparison.md"

func main() {
	log.SetFlags(0)
	log.SetPrefix("compare: ")
	check := flag.Bool("check", false, "check the figures of tracevet in "+page)
	flag.Parse()
	tmp, err := os.MkdirTemp("", "compare")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(tmp)

	c := &comparison{faults: readFaults("testdata"), in: make(functions)}
	c.addTracevet(tmp)
	if *check {
		data, err := os.ReadFile(page)
		if err != nil {
			log.Fatal(err)
		}
		for _, part := range []string{c.ours(), c.oursInServices()} {
			if !strings.Contains(string(data), part) {
				log.Fatalf("%s has other figures for tracevet; now they are:\n%s\nTo write it again: go run ./internal/compare >%s", page, part, page)
			}
		}
		return
	}
	c.addPeers(tmp)
	fmt.Print(title, c.ours(), c.classes(), c.wrong(), c.claimed(), c.services(), c.oursInServices(), strengths)
}

// run runs a command and returns its standard output and error. A status other
// than 0 is how the tools say that there are findings.
func run(dir string, args ...string) (stdout, stderr []byte) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			log.Fatal(err)
		}
	}
	return out.Bytes(), errs.Bytes()
}

// must runs a command that has to succeed.
func must(dir string, args ...string) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		log.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// inTestdata returns a name below testdata, with slashes; "" if it is elsewhere.
func inTestdata(name string) string {
	root, err := filepath.Abs("testdata")
	if err != nil {
		log.Fatal(err)
	}
	rel := name
	if filepath.IsAbs(name) {
		if rel, err = filepath.Rel(root, name); err != nil || strings.HasPrefix(rel, "..") {
			return ""
		}
	}
	return filepath.ToSlash(rel)
}
