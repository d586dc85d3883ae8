package knowledge

// Loggers whose fatal functions end the program in a way that no analysis of
// their bodies shows: through a hook, a core or a function in a field. Read at
// go.uber.org/zap v1.27.1, github.com/sirupsen/logrus v1.9.3,
// k8s.io/klog/v2 v2.130.1, github.com/golang/glog v1.2.5.
var loggers = library{
	"go.uber.org/zap": {
		"Logger.Fatal":          {Role: NoReturn},
		"Logger.Panic":          {Role: NoReturn},
		"SugaredLogger.Fatal":   {Role: NoReturn},
		"SugaredLogger.Fatalf":  {Role: NoReturn},
		"SugaredLogger.Fatalw":  {Role: NoReturn},
		"SugaredLogger.Fatalln": {Role: NoReturn},
		"SugaredLogger.Panic":   {Role: NoReturn},
		"SugaredLogger.Panicf":  {Role: NoReturn},
		"SugaredLogger.Panicw":  {Role: NoReturn},
		"SugaredLogger.Panicln": {Role: NoReturn},
	},
	"github.com/sirupsen/logrus": {
		"Exit":           {Role: NoReturn},
		"Fatal":          {Role: NoReturn},
		"Fatalf":         {Role: NoReturn},
		"Fatalln":        {Role: NoReturn},
		"Panic":          {Role: NoReturn},
		"Panicf":         {Role: NoReturn},
		"Panicln":        {Role: NoReturn},
		"Logger.Exit":    {Role: NoReturn},
		"Logger.Fatal":   {Role: NoReturn},
		"Logger.Fatalf":  {Role: NoReturn},
		"Logger.Fatalln": {Role: NoReturn},
		"Logger.Panic":   {Role: NoReturn},
		"Logger.Panicf":  {Role: NoReturn},
		"Logger.Panicln": {Role: NoReturn},
		"Entry.Fatal":    {Role: NoReturn},
		"Entry.Fatalf":   {Role: NoReturn},
		"Entry.Fatalln":  {Role: NoReturn},
		"Entry.Panic":    {Role: NoReturn},
		"Entry.Panicf":   {Role: NoReturn},
		"Entry.Panicln":  {Role: NoReturn},
	},
	"k8s.io/klog/v2":         klog,
	"k8s.io/klog":            klog,
	"github.com/golang/glog": klog,
}

var klog = map[string]Func{
	"Exit":       {Role: NoReturn},
	"ExitDepth":  {Role: NoReturn},
	"Exitf":      {Role: NoReturn},
	"Exitln":     {Role: NoReturn},
	"Fatal":      {Role: NoReturn},
	"FatalDepth": {Role: NoReturn},
	"Fatalf":     {Role: NoReturn},
	"Fatalln":    {Role: NoReturn},
}
