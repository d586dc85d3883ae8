package analyzers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// AllRules is the name of the group that has all rules.
const AllRules = "all"

// Groups returns the names that stand for several rules.
func Groups() []string { return []string{string(Default), string(OptIn), string(Preview), AllRules} }

// Choose returns the names of the rules to run, sorted: those that base names, plus those of enable, less
// those of disable. All three name rules and groups; no base stands for the
// group default. The error is one of the user's: an unknown name, or that nothing is left.
func Choose(registry []Rule, base, enable, disable []string) ([]string, error) {
	if len(base) == 0 {
		base = []string{string(Default)}
	}
	chosen := make(map[string]bool)
	for _, step := range []struct {
		names []string
		on    bool
	}{{base, true}, {enable, true}, {disable, false}} {
		for _, name := range step.names {
			rules, err := named(registry, name)
			if err != nil {
				return nil, err
			}
			for _, rule := range rules {
				chosen[rule] = step.on
			}
		}
	}
	var names []string
	for _, r := range registry {
		if chosen[r.Name] {
			names = append(names, r.Name)
		}
	}
	if len(names) == 0 {
		return nil, errors.New("no rule is left to run")
	}
	slices.Sort(names)
	return names, nil
}

// named returns the names of the rules that a name of a rule or a group stands for.
func named(registry []Rule, name string) ([]string, error) {
	if slices.Contains(Groups(), name) {
		var rules []string
		for _, r := range registry {
			if name == AllRules || string(r.Group) == name {
				rules = append(rules, r.Name)
			}
		}
		return rules, nil
	}
	r, err := Find(registry, name)
	if err != nil {
		return nil, fmt.Errorf("%w; the groups are %s", err, strings.Join(Groups(), ", "))
	}
	return []string{r.Name}, nil
}

// Find returns the rule of the given name. The error lists the rules
// there are, and the one that was likely meant.
func Find(registry []Rule, name string) (Rule, error) {
	var names []string
	nearest, least := "", 4 // further off is no typing error
	for _, r := range registry {
		if r.Name == name {
			return r, nil
		}
		names = append(names, r.Name)
		if d := distance(r.Name, strings.ToLower(name)); d < least && d < len(r.Name)/2 {
			nearest, least = r.Name, d
		}
	}
	hint := ""
	if nearest != "" {
		hint = fmt.Sprintf(" (did you mean %s?)", nearest)
	}
	return Rule{}, fmt.Errorf("unknown rule %q%s; the rules are %s", name, hint, strings.Join(names, ", "))
}

// distance returns the number of bytes to insert, delete or replace to make a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
