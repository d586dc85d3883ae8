package plugin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// A list is a slice that says so if the settings have a mapping in its place.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("{")) {
		return errors.New("knowledge has to be a list here, with the keys package, name, role, span and ctx: golangci-lint makes keys lower case")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields() // of the decoder around, it is not known
	if err := dec.Decode((*[]T)(l)); err != nil {
		return fmt.Errorf("knowledge: %w", err)
	}
	return nil
}
