package flow_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tracevet/tracevet/passes/internal/flow"
)

// A machine is a problem of the kind that spanflow poses: many paths through a
// graph, each in one of eight states, and a set of such states at each node.
// An edge maps each state to another one, or cannot be taken in it.
type machine struct {
	edges [][]arrow // by node
	order []int     // by node
}

type arrow struct {
	to  int
	via [8]int8 // by state: the next one, -1 if the edge cannot be taken
}

// A stateSet is a set of states of a machine, as bits.
type stateSet uint8

func (m *machine) Flow(n int, before stateSet, emit func(int, stateSet)) {
	for _, e := range m.edges[n] {
		var after stateSet
		for s := range 8 {
			if before&(1<<s) != 0 && e.via[s] >= 0 {
				after |= 1 << e.via[s]
			}
		}
		if after != 0 {
			emit(e.to, after)
		}
	}
}

func (m *machine) Join(old, new stateSet) (stateSet, bool) { return old | new, old|new != old }

func (m *machine) Order(n int) int { return m.order[n] }

// enumerate takes every path through the machine, one at a time, and returns
// the states in which paths reach each node. A path that comes back to a node
// in the state it was in there before goes on as it did then, so that it need
// not be followed.
func (m *machine) enumerate(entry int, initial stateSet) map[int]stateSet {
	reached := make(map[int]stateSet)
	var walk func(n, state int, seen map[[2]int]bool)
	walk = func(n, state int, seen map[[2]int]bool) {
		at := [2]int{n, state}
		if seen[at] {
			return
		}
		seen[at] = true
		defer delete(seen, at)
		reached[n] |= 1 << state
		for _, e := range m.edges[n] {
			if next := e.via[state]; next >= 0 {
				walk(e.to, int(next), seen)
			}
		}
	}
	for s := range 8 {
		if initial&(1<<s) != 0 {
			walk(entry, s, make(map[[2]int]bool))
		}
	}
	return reached
}

// check compares the solution with the enumeration of all paths.
func (m *machine) check(initial stateSet) error {
	got, ok := flow.Forward(m, 0, initial, 0)
	want := m.enumerate(0, initial)
	want[0] |= initial
	if !ok || len(got) != len(want) {
		return fmt.Errorf("%v are reached (%v), want %v", got, ok, want)
	}
	for n := range m.edges {
		if got[n] != want[n] {
			return fmt.Errorf("node %d is reached in %08b, want %08b", n, got[n], want[n])
		}
	}
	// Each visit but the first of a node is due to a state that is new there.
	most := 9 * len(m.edges)
	if _, ok := flow.Forward(m, 0, initial, most); !ok {
		return fmt.Errorf("more than %d visits", most)
	}
	return nil
}

// newMachine makes a machine of what next returns: numbers from 0 to below n,
// by chance or from a fuzzer. Without loops, edges lead to later nodes only.
func newMachine(nodes int, loops bool, next func(n int) int) *machine {
	m := new(machine)
	for n := range nodes {
		var edges []arrow
		for range next(4) {
			e := arrow{to: next(nodes)}
			if !loops {
				if n == nodes-1 {
					break
				}
				e.to = n + 1 + e.to%(nodes-n-1)
			}
			// Most states stay what they are, some change, some are stuck:
			// otherwise there are too many paths to enumerate.
			for s := range e.via {
				e.via[s] = int8(s)
			}
			for range next(4) {
				e.via[next(8)] = int8(next(9) - 1)
			}
			edges = append(edges, e)
		}
		m.edges = append(m.edges, edges)
		m.order = append(m.order, next(nodes))
	}
	return m
}

// TestAllPaths solves random problems, and checks that the solution is what
// going all the paths shows: no state is lost, none is made up.
func TestAllPaths(t *testing.T) {
	for _, kind := range []struct {
		name         string
		loops        bool
		count, nodes int
	}{
		{"without loops", false, 2000, 12},
		{"with loops", true, 2000, 6},
	} {
		t.Run(kind.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			joined := 0
			for i := range kind.count {
				m := newMachine(2+random.IntN(kind.nodes-1), kind.loops, random.IntN)
				initial := stateSet(1 + random.IntN(255))
				if i%2 == 0 {
					initial = 1
				}
				if err := m.check(initial); err != nil {
					t.Fatalf("problem %d: %v\n%+v", i, err, m)
				}
				if len(m.enumerate(0, initial)) > 2 {
					joined++
				}
			}
			if joined < kind.count/4 {
				t.Errorf("only %d of %d problems reach more than two nodes", joined, kind.count)
			}
		})
	}
}

// FuzzForward does the same with problems that a fuzzer makes up.
func FuzzForward(f *testing.F) {
	f.Add(uint8(1), []byte{1, 0, 0, 0})
	f.Add(uint8(3), []byte{2, 1, 0, 2, 1, 7, 3, 1, 0, 1, 0, 2, 2, 0, 1, 0, 0})
	f.Add(uint8(255), []byte{3, 1, 0, 2, 0, 3, 3, 0, 1, 2, 0, 8, 0, 1, 0, 0, 0, 1, 1, 3, 2, 0, 0, 1})
	f.Fuzz(func(t *testing.T, initial uint8, data []byte) {
		if initial == 0 || len(data) == 0 || len(data) > 100 {
			return
		}
		next := func(n int) int {
			if len(data) == 0 {
				return 0
			}
			b := data[0]
			data = data[1:]
			return int(b) % n
		}
		if err := newMachine(2+next(4), true, next).check(stateSet(initial)); err != nil {
			t.Error(err)
		}
	})
}
