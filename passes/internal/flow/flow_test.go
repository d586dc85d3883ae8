package flow_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/tracevet/tracevet/passes/internal/flow"
)

// A sets is the simplest problem that shows all: a state is a set of bits,
// each node kills some and adds some, and where paths meet, any bit that is
// set on one of them is set. The successors of a node are those with an edge.
type sets struct {
	succs     map[int][]int
	gen, kill map[int]uint
	order     func(int) int // nil for the number of the node
	visited   []int         // by Flow
}

func (p *sets) Flow(n int, before uint, emit func(int, uint)) {
	p.visited = append(p.visited, n)
	for _, succ := range p.succs[n] {
		emit(succ, before&^p.kill[n]|p.gen[n])
	}
}

func (p *sets) Join(old, new uint) (uint, bool) { return old | new, old|new != old }

func (p *sets) Order(n int) int {
	if p.order != nil {
		return p.order(n)
	}
	return n
}

func TestForward(t *testing.T) {
	for _, test := range []struct {
		name    string
		problem sets
		want    map[int]uint // before each node that is reached
		visits  []int
	}{
		{
			name:   "one node",
			want:   map[int]uint{0: 1},
			visits: []int{0},
		}, {
			name:    "a chain",
			problem: sets{succs: map[int][]int{0: {1}, 1: {2}}, gen: map[int]uint{0: 2, 1: 4}, kill: map[int]uint{1: 1}},
			want:    map[int]uint{0: 1, 1: 3, 2: 6},
			visits:  []int{0, 1, 2},
		}, {
			name:    "a diamond joins before it goes on",
			problem: sets{succs: map[int][]int{0: {2, 1}, 1: {3}, 2: {3}, 3: {4}}, gen: map[int]uint{1: 2, 2: 4}},
			want:    map[int]uint{0: 1, 1: 1, 2: 1, 3: 7, 4: 7},
			visits:  []int{0, 1, 2, 3, 4},
		}, {
			name:    "a loop is taken until nothing changes",
			problem: sets{succs: map[int][]int{0: {1}, 1: {2, 3}, 2: {1}}, gen: map[int]uint{2: 2}},
			want:    map[int]uint{0: 1, 1: 3, 2: 3, 3: 3},
			visits:  []int{0, 1, 2, 1, 2, 3},
		}, {
			name:    "a loop to itself",
			problem: sets{succs: map[int][]int{0: {1}, 1: {1, 2}}, gen: map[int]uint{1: 2}},
			want:    map[int]uint{0: 1, 1: 3, 2: 3},
			visits:  []int{0, 1, 1, 2},
		}, {
			name:    "a loop to the entry",
			problem: sets{succs: map[int][]int{0: {1}, 1: {0}}, gen: map[int]uint{1: 2}, kill: map[int]uint{0: 1}},
			want:    map[int]uint{0: 3, 1: 2},
			visits:  []int{0, 1, 0, 1},
		}, {
			name:    "what cannot be reached is not there",
			problem: sets{succs: map[int][]int{0: {1}, 7: {1}}, gen: map[int]uint{7: 2}},
			want:    map[int]uint{0: 1, 1: 1},
			visits:  []int{0, 1},
		}, {
			name:    "two edges to the same node are two paths",
			problem: sets{succs: map[int][]int{0: {1, 1}}},
			want:    map[int]uint{0: 1, 1: 1},
			visits:  []int{0, 1},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := test.problem
			got, ok := flow.Forward(&p, 0, 1, 0)
			if !ok || !maps.Equal(got, test.want) {
				t.Errorf("got %v, %v, want %v", got, ok, test.want)
			}
			if !slices.Equal(p.visited, test.visits) {
				t.Errorf("the visits are %v, want %v", p.visited, test.visits)
			}
		})
	}
}

// TestOrder checks that the order changes which node is next, and nothing else.
func TestOrder(t *testing.T) {
	p := sets{
		succs: map[int][]int{0: {1, 2}, 1: {3}, 2: {3}, 3: {4}},
		gen:   map[int]uint{1: 2, 2: 4},
		order: func(n int) int { return -n },
	}
	got, _ := flow.Forward(&p, 0, 1, 0)
	if want := (map[int]uint{0: 1, 1: 1, 2: 1, 3: 7, 4: 7}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if want := []int{0, 2, 3, 4, 1, 3, 4}; !slices.Equal(p.visited, want) {
		t.Errorf("the visits are %v, want %v", p.visited, want)
	}
}

// TestDeterminism checks that a problem is solved by the same visits in each
// run, even if the order puts all nodes in the same place.
func TestDeterminism(t *testing.T) {
	var first []int
	for run := range 20 {
		p := sets{succs: make(map[int][]int), gen: make(map[int]uint), order: func(int) int { return 0 }}
		for n := range 30 {
			p.succs[n] = []int{(n*7 + 3) % 30, (n*11 + 5) % 30}
			p.gen[n] = 1 << n
		}
		if _, ok := flow.Forward(&p, 0, 0, 0); !ok {
			t.Fatal("there is no solution")
		}
		if run == 0 {
			first = p.visited
		}
		if !slices.Equal(p.visited, first) {
			t.Fatalf("run %d visits %v, the first one %v", run, p.visited, first)
		}
	}
}

// TestLimit checks that a limit on the visits is exact, and that no limit is
// none.
func TestLimit(t *testing.T) {
	loop := func() *sets {
		return &sets{succs: map[int][]int{0: {1}, 1: {2, 3}, 2: {1}}, gen: map[int]uint{2: 2}}
	}
	const needed = 6 // see TestForward
	for limit := -1; limit <= needed+1; limit++ {
		p := loop()
		before, ok := flow.Forward(p, 0, 1, limit)
		want := limit <= 0 || limit >= needed
		if ok != want || (before != nil) != want {
			t.Errorf("limit %d: got %v, %v, want a solution: %v", limit, before, ok, want)
		}
		if limit > 0 && len(p.visited) > limit {
			t.Errorf("limit %d: %d visits", limit, len(p.visited))
		}
	}
}

// A counter is a problem without a solution: its states go on for ever.
type counter struct{}

func (counter) Flow(n int, before int, emit func(int, int)) { emit(n, before+1) }
func (counter) Join(old, new int) (int, bool)               { return max(old, new), new > old }
func (counter) Order(int) int                               { return 0 }

func TestEndlessChain(t *testing.T) {
	if before, ok := flow.Forward(counter{}, 0, 0, 1000); ok || before != nil {
		t.Errorf("got %v, %v of a problem without a solution", before, ok)
	}
}

// A partial problem has edges that some states cannot take: it emits nothing
// for them.
type partial struct{}

func (partial) Flow(n, before int, emit func(int, int)) {
	if n == 0 {
		emit(1, before)
	}
}
func (partial) Join(old, new int) (int, bool) { return old, false }
func (partial) Order(n int) int               { return n }

func TestNothingEmitted(t *testing.T) {
	got, ok := flow.Forward(partial{}, 0, 5, 0)
	if want := (map[int]int{0: 5, 1: 5}); !ok || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, ok, want)
	}
}
