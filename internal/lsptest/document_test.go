package lsptest

import "testing"

func TestOffset(t *testing.T) {
	const text = "ab\nä😀x\n"
	for _, test := range []struct {
		line, character, want int
		ok                    bool
	}{
		{0, 0, 0, true},
		{0, 2, 2, true},
		{0, 3, 0, false}, // beyond the line
		{1, 1, 5, true},
		{1, 2, 0, false}, // within a pair of surrogates
		{1, 3, 9, true},
		{1, 4, 10, true},
		{2, 0, 11, true},
		{3, 0, 0, false},
	} {
		got, ok := Offset(text, Position{test.line, test.character})
		if ok != test.ok || ok && got != test.want {
			t.Errorf("%d:%d: got %d, %t, want %d, %t", test.line, test.character, got, ok, test.want, test.ok)
		}
	}
}

func TestEdited(t *testing.T) {
	at := func(line, start, end int) Range { return Range{Position{line, start}, Position{line, end}} }
	got, err := Edited("one\ntwo\n", []Edit{{at(1, 0, 3), "2"}, {at(0, 3, 3), "!"}, {at(0, 0, 0), "1 "}})
	if want := "1 one!\n2\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for _, edits := range [][]Edit{{{at(0, 0, 2), ""}, {at(0, 1, 3), ""}}, {{at(5, 0, 0), ""}}} {
		if got, err := Edited("one\n", edits); err == nil {
			t.Errorf("%v: got %q, want an error", edits, got)
		}
	}
}
