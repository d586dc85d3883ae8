package knowledge

// What functions of the standard library return, read at Go 1.26.8. A function
// of package strings that is not here cuts or maps its argument, and what
// comes out may be a normal form: nothing is said of it.
var stdValues = valueTable{
	"fmt": {
		"Sprint":   {From: all},
		"Sprintln": {From: all},
		"Append":   {From: all},
		"Sprintf":  {Format: 1},
		"Appendf":  {Format: 2, From: first},
		"Errorf":   {Format: 1},
		"Fprintf":  {Format: 2, Fills: 1},
		"Fprint":   {From: all &^ first, Fills: 1},
		"Fprintln": {From: all &^ first, Fills: 1},
	},
	// Cancelled, or too late.
	"context": {"Context.Err": {Bounded: true}},
	"errors": {
		"New":  {From: first},
		"Join": {From: all},
	},
	"strings": {
		"ToLower": {From: first}, "ToUpper": {From: first}, "Title": {From: first}, "ToTitle": {From: first},
		"TrimSpace": {From: first}, "Trim": {From: first}, "TrimLeft": {From: first}, "TrimRight": {From: first},
		"TrimPrefix": {From: first}, "TrimSuffix": {From: first},
		"ToValidUTF8": {From: first}, "Clone": {From: first}, "Repeat": {From: first},
		"Join":           {From: first | second},
		"Replace":        {From: first | third},
		"ReplaceAll":     {From: first | third},
		"Builder.String": {From: first}, "Builder.WriteString": {From: second, Fills: 1},
		"Builder.WriteByte": {From: second, Fills: 1}, "Builder.WriteRune": {From: second, Fills: 1},
		"Builder.Write": {From: second, Fills: 1},
		"NewReader":     {From: first},
	},
	"bytes": {
		"Buffer.String": {From: first}, "Buffer.Bytes": {From: first}, "Buffer.WriteString": {From: second, Fills: 1},
		"Buffer.WriteByte": {From: second, Fills: 1}, "Buffer.WriteRune": {From: second, Fills: 1},
		"Buffer.Write":    {From: second, Fills: 1},
		"NewBufferString": {From: first}, "NewBuffer": {From: first}, "NewReader": {From: first},
		"ToLower": {From: first}, "ToUpper": {From: first}, "TrimSpace": {From: first},
	},
	"strconv": {
		"Itoa": {From: first}, "FormatInt": {From: first}, "FormatUint": {From: first}, "FormatFloat": {From: first},
		"FormatBool": {Bounded: true}, "Quote": {From: first}, "QuoteToASCII": {From: first},
		"Atoi": {From: first}, "ParseInt": {From: first}, "ParseUint": {From: first}, "ParseFloat": {From: first},
		"ParseBool": {Bounded: true}, "AppendInt": {From: first | second}, "AppendQuote": {From: first | second},
		"Unquote": {From: first},
	},
	"path": {
		"Join": {From: all}, "Base": {From: first}, "Dir": {From: first}, "Clean": {From: first}, "Ext": {Bounded: true},
	},
	"path/filepath": {
		"Join": {From: all}, "Base": {From: first}, "Dir": {From: first}, "Clean": {From: first}, "Ext": {Bounded: true},
	},
	"encoding/hex":    {"EncodeToString": {From: first}},
	"encoding/base64": {"Encoding.EncodeToString": {From: second}, "Encoding.DecodeString": {From: second}},
	"encoding/json": {
		"NewDecoder":     {From: first},
		"Decoder.Decode": {From: first, Fills: 2},
		"Unmarshal":      {From: first, Fills: 2},
	},
	"io": {
		"ReadAll": {From: first}, "LimitReader": {From: first}, "NopCloser": {From: first}, "TeeReader": {From: first},
	},
	"net/http": {
		"Request.PathValue": {Source: PathParam}, "Request.FormValue": {Source: UserInput},
		"Request.PostFormValue": {Source: UserInput}, "Request.UserAgent": {Source: HeaderValue},
		"Request.Referer": {Source: HeaderValue}, "Header.Get": {From: first}, "Header.Values": {From: first},
		"StatusText": {Bounded: true}, "NewRequest": {From: second}, "NewRequestWithContext": {From: third},
		"CanonicalHeaderKey": {From: first}, "MaxBytesReader": {From: second},
	},
	"net/url": {
		"URL.String": {From: first}, "URL.EscapedPath": {From: first}, "URL.RequestURI": {From: first},
		"URL.Query": {From: first, Source: QueryParam}, "Values.Get": {From: first}, "Values.Encode": {From: first}, "URL.JoinPath": {From: all},
		"PathEscape": {From: first}, "PathUnescape": {From: first}, "QueryEscape": {From: first}, "QueryUnescape": {From: first},
	},
	"net": {
		"Conn.RemoteAddr": {Source: Address}, "Addr.String": {From: first}, "SplitHostPort": {From: first},
		"JoinHostPort": {From: all}, "IP.String": {From: first}, "ParseIP": {From: first},
	},
	"reflect": {
		"TypeOf": {Bounded: true}, "Type.Name": {Bounded: true}, "Type.String": {Bounded: true},
	},
	"runtime": {
		"FuncForPC": {Bounded: true}, "Func.Name": {Bounded: true}, "Caller": {Bounded: true},
	},
	"time": {
		"Now": {Source: PointInTime}, "Since": {Source: PointInTime}, "Until": {Source: PointInTime},
		"Time.String": {Source: PointInTime}, "Time.Format": {Source: PointInTime}, "Time.Unix": {Source: PointInTime},
		"Time.UnixNano": {Source: PointInTime}, "Time.UnixMilli": {Source: PointInTime}, "Time.UnixMicro": {Source: PointInTime},
		"Time.Sub": {Source: PointInTime}, "Time.Weekday": {Bounded: true}, "Time.Month": {Bounded: true},
		"Time.Hour": {Bounded: true}, "Time.Year": {Bounded: true}, "Time.Minute": {Bounded: true}, "Time.Day": {Bounded: true},
		"Duration.String": {From: first}, "Duration.Seconds": {From: first}, "Duration.Milliseconds": {From: first},
		"Duration.Nanoseconds": {From: first}, "Duration.Microseconds": {From: first},
	},
	"sync/atomic": {
		"AddInt32": {Source: RunningCount}, "AddInt64": {Source: RunningCount},
		"AddUint32": {Source: RunningCount}, "AddUint64": {Source: RunningCount},
		"Int32.Add": {Source: RunningCount}, "Int64.Add": {Source: RunningCount},
		"Uint32.Add": {Source: RunningCount}, "Uint64.Add": {Source: RunningCount},
	},
	"math/rand": {
		"Int": {Source: RandomNumber}, "Int63": {Source: RandomNumber}, "Int31": {Source: RandomNumber},
		"Uint32": {Source: RandomNumber}, "Uint64": {Source: RandomNumber}, "Float64": {Source: RandomNumber},
	},
	"math/rand/v2": {
		"Int": {Source: RandomNumber}, "Int64": {Source: RandomNumber}, "Uint64": {Source: RandomNumber},
		"Uint32": {Source: RandomNumber}, "Float64": {Source: RandomNumber},
	},
	"maps":   {"Clone": {From: first}},
	"slices": {"Clone": {From: first}, "Concat": {From: all}, "Sorted": {From: first}},
}

// fieldSources are the fields of structs that hold values with no bound, and
// (NoSource) those of the same structs that hold few.
var fieldSources = map[string]map[string]Source{
	"net/http": {
		"Request.URL": RequestPath, "Request.RequestURI": RequestPath, "Request.RemoteAddr": Address,
		"Request.Header": HeaderValue, "Request.Form": UserInput, "Request.PostForm": UserInput,
		"Request.MultipartForm": UserInput, "Request.Body": RequestBody,
		"Request.Method": NoSource, "Request.Pattern": NoSource, "Request.Proto": NoSource, "Request.Host": NoSource,
	},
	"net/url": {
		"URL.Scheme": NoSource, "URL.Host": NoSource,
	},
	"google.golang.org/grpc/peer": {"Peer.Addr": Address},
	"gorm.io/gorm":                {"Model.ID": PrimaryKey},
	// v0.4.51: each message of a partition has the next offset.
	"github.com/segmentio/kafka-go": {"Message.Offset": RunningCount},
}

// typeSources are types of which each value is one of its own.
var typeSources = map[string]map[string]Source{
	"time":                                       {"Time": PointInTime},
	otelTrace:                                    {"TraceID": TraceID, "SpanID": TraceID},
	"github.com/google/uuid":                     {"UUID": UniqueID},
	"github.com/gofrs/uuid":                      {"UUID": UniqueID},
	"github.com/gofrs/uuid/v5":                   {"UUID": UniqueID},
	"github.com/satori/go.uuid":                  {"UUID": UniqueID},
	"github.com/oklog/ulid":                      {"ULID": UniqueID},
	"github.com/oklog/ulid/v2":                   {"ULID": UniqueID},
	"github.com/rs/xid":                          {"ID": UniqueID},
	"github.com/segmentio/ksuid":                 {"KSUID": UniqueID},
	"go.mongodb.org/mongo-driver/v2/bson":        {"ObjectID": UniqueID},
	"go.mongodb.org/mongo-driver/bson/primitive": {"ObjectID": UniqueID},
	"github.com/ipfs/go-cid":                     {"Cid": UniqueID},
}

// openTypes have declared constants, which are not all of their values.
var openTypes = map[string]map[string]bool{
	"time":  {"Duration": true},
	"os":    {"FileMode": true},
	"io/fs": {"FileMode": true},
}

// keyTags mark the primary key of a record: GORM, bun, go-pg, the MongoDB
// driver.
var keyTags = []string{"primaryKey", "primary_key", `bun:",pk`, `pg:",pk`, `bson:"_id`}
