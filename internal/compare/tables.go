package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// A row counts for the faults of one rule or class.
type row struct{ faults, found, near, wrong, fixed int }

// classOf returns the class of a fault: the rule and the category, which is that of
// tracevet's finding there.
func (c *comparison) classOf(p place) string {
	for _, f := range c.ours_[p] {
		if f.rule == p.folder() {
			return f.rule + "/" + f.category
		}
	}
	return p.folder() + "/(not found)"
}

// byClass returns the faults, sorted into classes.
func (c *comparison) byClass() map[string][]place {
	by := make(map[string][]place)
	for p := range c.faults.lines {
		by[c.classOf(p)] = append(by[c.classOf(p)], p)
	}
	return by
}

// ours is the table of tracevet on the fixtures.
func (c *comparison) ours() string {
	rows := make(map[string]*row)
	for _, rule := range rules() {
		rows[rule] = new(row)
	}
	for p := range c.faults.lines {
		r := rows[p.folder()]
		r.faults++
		if len(c.ours_[p]) > 0 && p.folder() != "services" {
			r.found++
		}
	}
	for p, found := range c.ours_ {
		if p.folder() == "services" {
			continue
		}
		if !c.faults.lines[p] {
			rows[p.folder()].wrong++
		} else if slices.ContainsFunc(found, func(f finding) bool { return f.fixed }) {
			rows[p.folder()].fixed++
		}
	}
	var b strings.Builder
	b.WriteString(oursHeader)
	var sum row
	for _, rule := range rules() {
		r := rows[rule]
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %d |\n", rule, r.faults, r.found, r.wrong, r.fixed)
		sum.faults += r.faults
		sum.found += r.found
		sum.wrong += r.wrong
		sum.fixed += r.fixed
	}
	fmt.Fprintf(&b, "| **all** | **%d** | **%d** | **%d** | **%d** |\n", sum.faults, sum.found, sum.wrong, sum.fixed)
	return b.String()
}

// score returns what a peer makes of faults.
func (c *comparison) score(name string, faults []place) row {
	found := c.theirs[name]
	reported := c.in.of(found)
	r := row{faults: len(faults)}
	for _, p := range faults {
		if found[p] {
			r.found++
		}
		if c.fixes[name][p] {
			r.fixed++
		}
		if at, _ := c.in.at(p); reported[at] {
			r.near++
		}
	}
	return r
}

// wrongLines returns how many lines a peer reports in the functions without a fault of
// the fixtures of a rule.
func (c *comparison) wrongLines(name, rule string) int {
	faulty := c.in.of(c.faults.lines)
	n := 0
	for p := range c.theirs[name] {
		if at, _ := c.in.at(p); p.folder() == rule && !faulty[at] {
			n++
		}
	}
	return n
}

// classes is the table of the peers by fault class.
func (c *comparison) classes() string {
	var b strings.Builder
	b.WriteString(classesHeader)
	head(&b, "class", "faults", "tracevet")
	by := c.byClass()
	for _, class := range slices.Sorted(maps.Keys(by)) {
		found := 0
		for _, p := range by[class] {
			if len(c.ours_[p]) > 0 {
				found++
			}
		}
		fmt.Fprintf(&b, "| `%s` | %d | %d |", class, len(by[class]), found)
		for _, p := range peers {
			r := c.score(p.name, by[class])
			text := fmt.Sprintf("%d (%d)", r.found, r.near)
			switch {
			case p.claimed(class):
				text = "**" + text + "**"
			case r.near == 0:
				text = "–"
			}
			fmt.Fprintf(&b, " %s |", text)
		}
		b.WriteString("\n")
	}
	if len(c.crashed) > 0 {
		fmt.Fprintf(&b, "\nspancheck panics on %s: what it reports before that counts.\n", strings.Join(c.crashed, ", "))
	}
	return b.String()
}

func head(b *strings.Builder, columns ...string) {
	for _, p := range peers {
		columns = append(columns, p.name)
	}
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

// wrong is the table of what is reported where there is no fault.
func (c *comparison) wrong() string {
	var b strings.Builder
	b.WriteString(wrongHeader)
	head(&b, "fixtures of", "tracevet")
	for _, rule := range rules() {
		ours := 0
		for p := range c.ours_ {
			if p.folder() == rule && !c.faults.lines[p] {
				ours++
			}
		}
		fmt.Fprintf(&b, "| `%s` | %d |", rule, ours)
		for _, p := range peers {
			text := fmt.Sprint(c.wrongLines(p.name, rule))
			if slices.ContainsFunc(p.claims, func(claim string) bool { return strings.HasPrefix(claim+"/", rule+"/") }) {
				text = "**" + text + "**"
			}
			fmt.Fprintf(&b, " %s |", text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// claimed is the table of each peer on its own ground.
func (c *comparison) claimed() string {
	var b strings.Builder
	b.WriteString(claimedHeader)
	by := c.byClass()
	for _, p := range peers {
		var faults []place
		ours, wrong := 0, 0
		counted := make(map[string]bool)
		for _, class := range slices.Sorted(maps.Keys(by)) {
			if !p.claimed(class) {
				continue
			}
			faults = append(faults, by[class]...)
			for _, at := range by[class] {
				if len(c.ours_[at]) > 0 {
					ours++
				}
			}
			if rule, _, _ := strings.Cut(class, "/"); !counted[rule] {
				counted[rule] = true
				wrong += c.wrongLines(p.name, rule)
			}
		}
		r := c.score(p.name, faults)
		fmt.Fprintf(&b, "| %s %s | %s | %d | %d (%d) | %d | %d | %d |\n", p.name, p.version, "`"+strings.Join(p.claims, "`, `")+"`", r.faults, r.found, r.near, wrong, r.fixed, ours)
	}
	return b.String()
}

// inService returns the faults of the services, by declaration, and whether a place
// is in the declaration of one.
func (c *comparison) plantedAt(p place) (found []planted) {
	_, name := c.in.at(p)
	for _, f := range c.faults.services {
		if f.file == p.file && f.function == name {
			found = append(found, f)
		}
	}
	return found
}

// services is the table of the peers on the services.
func (c *comparison) services() string {
	var b strings.Builder
	b.WriteString(servicesHeader)
	head(&b, "fault", "class", "tracevet")
	for _, f := range c.faults.services {
		fmt.Fprintf(&b, "| `%s` in %s | `%s/%s` | %s |", f.function, path.Base(f.file), f.rule, f.category, mark(c.weFind(f)))
		for _, p := range peers {
			found := false
			for at := range c.theirs[p.name] {
				found = found || slices.Contains(c.plantedAt(at), f)
			}
			fmt.Fprintf(&b, " %s |", mark(found))
		}
		b.WriteString("\n")
	}
	b.WriteString("| lines elsewhere | | " + fmt.Sprint(c.ourExtras()) + " |")
	for _, p := range peers {
		n := 0
		for at := range c.theirs[p.name] {
			if at.folder() == "services" && len(c.plantedAt(at)) == 0 {
				n++
			}
		}
		fmt.Fprintf(&b, " %d |", n)
	}
	b.WriteString("\n")
	return b.String()
}

func mark(found bool) string {
	if found {
		return "yes"
	}
	return ""
}

// weFind reports whether tracevet finds a planted fault, as what it is.
func (c *comparison) weFind(f planted) bool {
	for p, findings := range c.ours_ {
		if slices.Contains(c.plantedAt(p), f) && slices.ContainsFunc(findings, func(g finding) bool { return g.rule == f.rule && g.category == f.category }) {
			return true
		}
	}
	return false
}

// ourExtras counts the lines of services in which tracevet finds what is not planted.
func (c *comparison) ourExtras() int {
	n := 0
	for p, findings := range c.ours_ {
		if p.folder() != "services" {
			continue
		}
		planted := c.plantedAt(p)
		for _, g := range findings {
			known := false
			for _, f := range planted {
				known = known || f.rule == g.rule && f.category == g.category
			}
			if !known {
				n++
			}
		}
	}
	return n
}

// oursInServices sums up what tracevet finds in the services.
func (c *comparison) oursInServices() string {
	found, fixed := 0, 0
	for _, f := range c.faults.services {
		if c.weFind(f) {
			found++
		}
	}
	for p, findings := range c.ours_ {
		if p.folder() == "services" && slices.ContainsFunc(findings, func(g finding) bool { return g.fixed }) {
			fixed++
		}
	}
	return fmt.Sprintf("\ntracevet finds %d of the %d faults, reports %d other lines, and has a fix for %d.\n", found, len(c.faults.services), c.ourExtras(), fixed)
}
