package report

import (
	"encoding/xml"
	"io"

	"github.com/tracevet/tracevet/cmd/internal/driver"
)

type (
	checkstyle struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"` // of Checkstyle, whose format it is
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr,omitempty"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// Checkstyle prints findings in the XML of the Java tool Checkstyle, which many CI systems read.
func Checkstyle(w io.Writer, in Input) error {
	doc := checkstyle{Version: "8.0"}
	for _, f := range in.Findings { // sorted by file
		name := relative(in.Dir, f.Pos.File)
		if n := len(doc.Files); n == 0 || doc.Files[n-1].Name != name {
			doc.Files = append(doc.Files, checkstyleFile{Name: name})
		}
		file := &doc.Files[len(doc.Files)-1]
		level := map[driver.Severity]string{driver.SevError: "error", driver.Warning: "warning", driver.Info: "info"}[severity(f)]
		file.Errors = append(file.Errors, checkstyleError{f.Pos.Line, f.Pos.Column, level, oneLine(f.Message), "tracevet." + f.Rule})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "\t")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
