package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// blocks returns the fenced code blocks of a language in a Markdown text.
func blocks(text, language string) []string {
	var found []string
	for {
		_, rest, ok := strings.Cut(text, "\n```"+language+"\n")
		if !ok {
			return found
		}
		block, rest, _ := strings.Cut(rest, "\n```\n")
		found = append(found, block)
		text = "\n" + rest
	}
}

func TestBlocks(t *testing.T) {
	got := blocks("x\n```sh\na\nb\n```\n\n```yaml\nc\n```\n```sh\nd\n```\n", "sh")
	if len(got) != 2 || got[0] != "a\nb" || got[1] != "d" {
		t.Errorf("got %q", got)
	}
}

var exitComment = regexp.MustCompile(`# exit (\d)$`)

// TestDocs runs all commands of the guides, each block in a clean work tree. A command
// says in a comment what exit status it has, unless that is 0.
func TestDocs(t *testing.T) {
	for _, name := range []string{"getting-started.md", "ci.md", "configuration.md"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("../../docs", name))
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			yamls := blocks(text, "yaml")
			shells := blocks(text, "sh")
			if len(shells) == 0 || len(yamls) == 0 {
				t.Fatalf("%d blocks of shell, %d of YAML", len(shells), len(yamls))
			}
			s := newScratch(t, "--branch=feature")
			for _, block := range shells {
				s.bash(0, "git checkout -q . && git clean -fdxq")
				if name == "configuration.md" {
					write(t, filepath.Join(s.dir, ".tracevet.yaml"), yamls[0])
				}
				for line := range strings.Lines(block) {
					line = strings.TrimSpace(line)
					status := 0
					if m := exitComment.FindStringSubmatch(line); m != nil {
						status = int(m[1][0] - '0')
					}
					s.bash(status, line)
				}
			}
			for _, block := range yamls {
				var v any
				if err := yaml.Unmarshal([]byte(block), &v); err != nil {
					t.Errorf("%v in\n%s", err, block)
				}
			}
		})
	}
}

// TestGitLab runs the job of docs/ci.md for GitLab.
func TestGitLab(t *testing.T) {
	data, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range blocks(string(data), "yaml") {
		var job struct {
			Tracevet struct {
				Script    []string
				Artifacts struct {
					Reports struct{ Codequality string }
				}
			}
		}
		if err := yaml.Unmarshal([]byte(block), &job); err != nil || job.Tracevet.Script == nil {
			continue // another block
		}
		s := newScratch(t, "--branch=feature")
		s.env = append(s.env, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main")
		for _, line := range job.Tracevet.Script {
			if strings.HasPrefix(line, "go install ") {
				continue // TestAction does it
			}
			status := 0
			if strings.HasPrefix(line, "tracevet ") {
				status = 1
			}
			s.bash(status, line)
		}
		if report := s.read(job.Tracevet.Artifacts.Reports.Codequality); strings.Count(report, `"fingerprint"`) != 1 || !strings.Contains(report, `"path": "internal/store/leak.go"`) {
			t.Errorf("the report is\n%s", report)
		}
		return
	}
	t.Error("docs/ci.md has no job for GitLab")
}
