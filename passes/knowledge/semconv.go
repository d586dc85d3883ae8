package knowledge

import (
	"cmp"
	"go/constant"
	"go/types"
	"slices"
	"strings"
)

// A Rename says what became of an attribute key of the semantic conventions.
type Rename struct {
	Old, New   string // New is empty if no one key takes the place of Old
	Since      string // the version of the conventions
	Mechanical bool   // the values stay what they are
	Hint       string // what has to be done, if it is not mechanical
}

// RenamedKey returns what became of an attribute key.
func RenamedKey(key string) (Rename, bool) {
	i, found := slices.BinarySearchFunc(renames[:], key, func(r Rename, key string) int { return cmp.Compare(r.Old, key) })
	if !found {
		return Rename{}, false
	}
	return renames[i], true
}

// SemconvKey returns the attribute key that a declaration of one of the packages
// of semantic conventions stands for, be it the key (HTTPMethodKey) or a
// function that makes an attribute (HTTPMethod); "" if it is neither.
func SemconvKey(obj types.Object) string {
	if obj == nil || obj.Pkg() == nil || !strings.HasPrefix(obj.Pkg().Path(), semconvPrefix) {
		return ""
	}
	if fn, ok := obj.(*types.Func); ok {
		obj = fn.Pkg().Scope().Lookup(fn.Name() + "Key")
	}
	if c, ok := obj.(*types.Const); ok && IsAttributeKey(c.Type()) {
		return constant.StringVal(c.Val())
	}
	return ""
}

// SemconvSymbol returns the name by which pkg, a package of semantic
// conventions, declares an attribute key; "" if it does not.
func SemconvSymbol(pkg *types.Package, key string) string {
	for _, name := range pkg.Scope().Names() {
		if strings.HasSuffix(name, "Key") && SemconvKey(pkg.Scope().Lookup(name)) == key {
			return name
		}
	}
	return ""
}

// AttributeMaker returns which function of OpenTelemetry's attributes fn is:
// "String", "Int", ..., and whether it is a method of a key.
func AttributeMaker(fn *types.Func) (kind string, method bool) {
	path, name := nameOf(fn)
	if path != AttributePackage {
		return "", false
	}
	name, method = strings.CutPrefix(name, "Key.")
	switch name {
	case "Bool", "BoolSlice", "Int", "IntSlice", "Int64", "Int64Slice", "Float64", "Float64Slice", "String", "StringSlice", "Stringer":
		return name, method
	}
	return "", false
}

// IsAttributeKey reports whether t is the type of attribute keys.
func IsAttributeKey(t types.Type) bool { return isNamed(t, AttributePackage, "Key") }

// KeyType returns the type of the values of an attribute key, as AttributeMaker
// calls it, for keys that are often set to something else; else "".
func KeyType(key string) string { return keyTypes[key] }

// keyTypes are read in the semantic conventions v1.43.0.
var keyTypes = map[string]string{
	"http.response.status_code": "Int", "http.status_code": "Int", "http.request.resend_count": "Int",
	"http.request.body.size": "Int", "http.response.body.size": "Int",
	"server.port": "Int", "client.port": "Int", "network.peer.port": "Int", "network.local.port": "Int",
	"source.port": "Int", "destination.port": "Int", "url.port": "Int",
	"code.line.number": "Int", "process.pid": "Int", "thread.id": "Int",
	"db.response.returned_rows": "Int", "db.operation.batch.size": "Int",
	"messaging.batch.message_count": "Int", "messaging.message.body.size": "Int", "messaging.kafka.offset": "Int",
	"process.command_args": "StringSlice", "user.roles": "StringSlice", "host.ip": "StringSlice",
	"container.image.tags": "StringSlice", "container.command_args": "StringSlice",
	"gen_ai.response.finish_reasons": "StringSlice", "gen_ai.request.stop_sequences": "StringSlice",
	"error.type": "String", "http.route": "String", "http.request.method": "String", "url.full": "String",
}
