package proof

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
)

// A collector takes spans as OTLP over HTTP, and keeps their ids.
type collector struct {
	mu  sync.Mutex
	ids []string
	err error
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
	case r.URL.Path != "/v1/traces":
		err = errors.New("spans posted to " + r.URL.Path)
	default:
		var ids []string
		ids, err = otlpSpanIDs(body)
		c.ids = append(c.ids, ids...)
	}
	if err != nil {
		c.err = errors.Join(c.err, err)
		w.WriteHeader(http.StatusBadRequest)
	}
}

// otlpSpanIDs returns the ids of the spans in an ExportTraceServiceRequest. Of that
// message it needs three fields, for which a library would be a lot:
// resource_spans = 1, scope_spans = 2, spans = 2, and span_id = 2 of a span.
func otlpSpanIDs(message []byte) (ids []string, err error) {
	err = fields(message, 1, func(resource []byte) error {
		return fields(resource, 2, func(scope []byte) error {
			return fields(scope, 2, func(span []byte) error {
				return fields(span, 2, func(id []byte) error {
					ids = append(ids, hex.EncodeToString(id))
					return nil
				})
			})
		})
	})
	return ids, err
}

var errProto = errors.New("not a message in protobuf's wire format")

// fields calls f with each length-delimited field of that number in a message.
func fields(message []byte, number uint64, f func([]byte) error) error {
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return errProto
		}
		message = message[n:]
		size := uint64(0)
		switch tag & 7 {
		case 0: // varint
			_, n := binary.Uvarint(message)
			if n <= 0 {
				return errProto
			}
			message = message[n:]
			continue
		case 1:
			size = 8
		case 5:
			size = 4
		case 2:
			if size, n = binary.Uvarint(message); n <= 0 {
				return errProto
			}
			message = message[n:]
		default:
			return errProto
		}
		if size > uint64(len(message)) {
			return errProto
		}
		if tag&7 == 2 && tag>>3 == number {
			if err := f(message[:size]); err != nil {
				return err
			}
		}
		message = message[size:]
	}
	return nil
}

// stdoutSpanIDs returns the ids of the spans that stdouttrace printed.
func stdoutSpanIDs(out []byte) (ids []string, err error) {
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var span struct{ SpanContext struct{ SpanID string } }
		if err := dec.Decode(&span); errors.Is(err, io.EOF) {
			return ids, nil
		} else if err != nil {
			return nil, err
		}
		ids = append(ids, span.SpanContext.SpanID)
	}
}
