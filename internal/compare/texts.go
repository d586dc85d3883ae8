package main

const title = `# tracevet and other analysers

<!-- Written by go run ./internal/compare >docs/comparison.md -->

tracevet, and five others that look at contexts and spans: go-spancheck v0.6.5, contextcheck v1.1.6, noctx v0.5.1, gosec v2.30.0 with G118 alone, its
rule about contexts, and sloglint v0.12.0 with context-only: scope. All else is as it is by default. spancheck counts twice: as it is by default, and
with its check set-status alone, which is off by default. It can be told the signatures of the functions with which a program starts its spans; many
fixtures of spanleak have such functions, and nothing was told.

The code is ours: fixtures, which are written after the shapes that faults in real programs had, and after code that looks as if it had them;
and services with planted faults. The shapes are those that we set out to find, so that tracevet finds them all is no wonder: the
figures of the others tell how far their rules reach into the same ground. They have other aims, and the third table looks at each of them
on the ground that it claims.
`

const oursHeader = `
## tracevet

On its fixtures. Found is a fault whose line is reported; false is each other line; fixed is a fault whose finding comes with a fix, which the
tests apply, compile and analyse again.

| rule | faults | found | false | fixed |
|---|---|---|---|---|
`

const classesHeader = `
## By fault class

A class is a rule of tracevet and a category of its findings. A fault is found where a tool reports its line. In brackets stand the faults in functions
where the tool reports any line: it may have meant the fault and say so elsewhere, as contextcheck does at the call in the function that has the
context, or something else in that function. In bold: the tool sets out to find faults of this class. A dash: it reports nothing near.

`

const wrongHeader = `
## Where there is no fault

Lines that a tool reports in functions of the fixtures in which there is no fault of the rule. In bold where the tool sets out to find such
faults. Some of what is false by these fixtures is true by the aims of the tool: contextcheck and noctx report contexts
that are dropped where nothing is traced, for the sake of deadlines and cancellation.

`

const claimedHeader = `
## On their own ground

Only the classes that a tool sets out to find: faults, those that it finds (and near ones, as above), lines that it reports in functions without
a fault in the fixtures of the same rules, findings that come with a fix, and what tracevet finds of the same faults.

| tool | classes | faults | found | false | fixed | tracevet finds |
|---|---|---|---|---|---|---|
`

const servicesHeader = `
## Services

The services in testdata/services are small programs as teams write them, with planted faults that FAULTS.md lists. A fault is found by tracevet where it
reports the rule and the category in the function; by another tool where that reports any line of the function.

`

const strengths = `
## What the others do that tracevet does not

- spancheck can be told the signatures of functions that start spans, asks for RecordError too if one wants that, and has few rules to learn.
- contextcheck and noctx look at every context: one that is dropped where nothing is traced still costs a deadline and a
  cancellation. noctx needs no context at hand, and so finds calls that tracevet has nothing to offer for.
- gosec G118 also finds cancel functions that are never called and loops that do not look at their context; and it is one rule of a whole
  scanner for security.
- sloglint sees to the style of log calls as a whole: keys, arguments, messages.
- All of them run inside golangci-lint without a plugin.
`
