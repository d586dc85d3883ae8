package knowledge

// The standard library, read at Go 1.26.8.
var std = library{
	"net/http": {
		"Request.Context":     {Role: RequestContext},
		"Request.WithContext": {Role: CarryContext},
		"Request.Clone":       {Role: CarryContext},
	},
	// As in a helper that asks whether a span is nil inside of its interface.
	"reflect": {
		"ValueOf": {Role: LookAt},
		"TypeOf":  {Role: LookAt},
	},
	"os":      {"Exit": {Role: NoReturn}},
	"syscall": {"Exit": {Role: NoReturn}},
	"runtime": {"Goexit": {Role: NoReturn}},
	"log": {
		"Fatal":          {Role: NoReturn},
		"Fatalf":         {Role: NoReturn},
		"Fatalln":        {Role: NoReturn},
		"Panic":          {Role: NoReturn},
		"Panicf":         {Role: NoReturn},
		"Panicln":        {Role: NoReturn},
		"Logger.Fatal":   {Role: NoReturn},
		"Logger.Fatalf":  {Role: NoReturn},
		"Logger.Fatalln": {Role: NoReturn},
		"Logger.Panic":   {Role: NoReturn},
		"Logger.Panicf":  {Role: NoReturn},
		"Logger.Panicln": {Role: NoReturn},
	},
	"testing": {
		"common.FailNow": {Role: NoReturn},
		"common.Fatal":   {Role: NoReturn},
		"common.Fatalf":  {Role: NoReturn},
		"common.Skip":    {Role: NoReturn},
		"common.SkipNow": {Role: NoReturn},
		"common.Skipf":   {Role: NoReturn},
		"TB.FailNow":     {Role: NoReturn},
		"TB.Fatal":       {Role: NoReturn},
		"TB.Fatalf":      {Role: NoReturn},
		"TB.Skip":        {Role: NoReturn},
		"TB.SkipNow":     {Role: NoReturn},
		"TB.Skipf":       {Role: NoReturn},
	},
}
