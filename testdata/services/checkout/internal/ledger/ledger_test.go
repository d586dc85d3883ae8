package ledger

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/tracevet/tracevet/testdata/services/checkout/internal/memdb"
)

func TestBooks(t *testing.T) {
	l := New(sql.OpenDB(memdb.New()))
	for id, cents := range map[string]int{"o1": 450, "o2": 3900} {
		if err := l.Book(t.Context(), id, cents); err != nil {
			t.Fatal(err)
		}
	}
	cash, err := l.BalanceContext(t.Context(), Cash)
	if cash != 4350 || err != nil {
		t.Errorf("cash %d (%v), want 4350", cash, err)
	}
	sales, err := l.Balance(Sales)
	if sales != -4350 || err != nil {
		t.Errorf("sales %d (%v), want -4350", sales, err)
	}
	st, err := l.Statement(t.Context(), "o2")
	want := []Entry{{"o2", Cash, 3900}, {"o2", Sales, -3900}}
	if err != nil || st.Paid != 3900 || !slices.Equal(st.Entries, want) {
		t.Errorf("statement %v (%v), want entries %v", st, err, want)
	}
	if st, err := l.Statement(t.Context(), "o3"); err != nil || st.Paid != 0 || len(st.Entries) != 0 {
		t.Errorf("statement %v (%v), want an empty one", st, err)
	}
}
