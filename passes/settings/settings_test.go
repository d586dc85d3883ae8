package settings_test

import (
	"flag"
	"io"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/tracevet/tracevet/passes/settings"
)

// current returns the settings as a rule gets them.
func current(t *testing.T) *settings.Settings {
	t.Helper()
	result, err := settings.Analyzer.Run(new(analysis.Pass))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := result.(*settings.Settings)
	if !ok {
		t.Fatalf("the result is a %T", result)
	}
	return s
}

// set sets an option, until the end of the test.
func set(t *testing.T, name, value string) {
	t.Helper()
	f := settings.Analyzer.Flags.Lookup(name)
	if f == nil {
		t.Fatalf("there is no option %s", name)
	}
	old := f.Value.String()
	t.Cleanup(func() { settings.Analyzer.Flags.Set(name, old) })
	if err := settings.Analyzer.Flags.Set(name, value); err != nil {
		t.Fatal(err)
	}
}

func TestAnalyzer(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{settings.Analyzer}); err != nil {
		t.Error(err)
	}
	if got := settings.Analyzer.Name; got != "settings" {
		t.Errorf("the flags are -%s.NAME, want -settings.NAME", got)
	}
	settings.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		if f.Usage == "" {
			t.Errorf("-settings.%s does not say what it does", f.Name)
		}
		if f.DefValue != f.Value.String() {
			t.Errorf("-settings.%s is %s, want the default %s", f.Name, f.Value, f.DefValue)
		}
	})
}

func TestTests(t *testing.T) {
	if current(t).Tests {
		t.Error("findings in tests are reported by default")
	}
	before := current(t)
	set(t, "tests", "true")
	if !current(t).Tests {
		t.Error("-settings.tests has no effect")
	}
	if before.Tests {
		t.Error("an option changed under a rule that runs")
	}
	set(t, "tests", "false")
	if current(t).Tests {
		t.Error("-settings.tests=false has no effect")
	}
}

// TestCopies checks that a rule that changes its settings does not change
// those of others.
func TestCopies(t *testing.T) {
	current(t).Tests = true
	if current(t).Tests {
		t.Error("rules share one copy of the settings")
	}
}

// TestDriver checks that a driver can copy the flags, as multichecker does,
// and set them under another name.
func TestDriver(t *testing.T) {
	fs := flag.NewFlagSet("driver", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	settings.Analyzer.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, settings.Analyzer.Name+"."+f.Name, f.Usage) })
	set(t, "tests", "false") // for the clean-up
	if err := fs.Parse([]string{"-settings.tests"}); err != nil {
		t.Fatal(err)
	}
	if !current(t).Tests {
		t.Error("-settings.tests has no effect through a driver")
	}
	if err := fs.Parse([]string{"-settings.tests=maybe"}); err == nil {
		t.Error("-settings.tests=maybe is no error")
	}
}
