package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tracevet/tracevet/analyzers"
)

// groups are the names that stand for several rules.
var groups = []string{string(analyzers.Default), string(analyzers.OptIn), string(analyzers.Preview), allRules}

const allRules = "all"

// chooseRules sets the rules to run from the flags. If these are the rules that run
// unasked, it names none: then the run shares the cached findings of plain "go vet -vettool".
func (c *command) chooseRules() error {
	base := c.rules
	if len(base) == 0 {
		base = []string{string(analyzers.Default)}
	}
	chosen := make(map[string]bool)
	for _, step := range []struct {
		names []string
		on    bool
	}{{base, true}, {c.enable, true}, {c.disable, false}} {
		for _, name := range step.names {
			rules, err := named(c.Registry, name)
			if err != nil {
				return err
			}
			for _, rule := range rules {
				chosen[rule] = step.on
			}
		}
	}
	c.Rules = nil
	usual := true
	for _, r := range c.Registry { // sorted: the order of flags is part of the key of the go command's cache
		if chosen[r.Name] {
			c.Rules = append(c.Rules, r.Name)
		}
		usual = usual && chosen[r.Name] == (r.Group == analyzers.Default)
	}
	if len(c.Rules) == 0 {
		return errors.New("no rule is left to run")
	}
	if usual {
		c.Rules = nil
	}
	return nil
}

// named returns the names of the rules that a name of a rule or a group stands for.
func named(registry []analyzers.Rule, name string) ([]string, error) {
	if slices.Contains(groups, name) {
		var rules []string
		for _, r := range registry {
			if name == allRules || string(r.Group) == name {
				rules = append(rules, r.Name)
			}
		}
		return rules, nil
	}
	r, err := findRule(registry, name)
	if err != nil {
		return nil, fmt.Errorf("%w; the groups are %s", err, strings.Join(groups, ", "))
	}
	return []string{r.Name}, nil
}

// findRule returns the rule of the given name. The error lists the rules
// there are, and the one that was likely meant.
func findRule(registry []analyzers.Rule, name string) (analyzers.Rule, error) {
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
	return analyzers.Rule{}, fmt.Errorf("unknown rule %q%s; the rules are %s", name, hint, strings.Join(names, ", "))
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
