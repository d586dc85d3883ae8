//go:build !unix

package driver

import (
	"io/fs"
	"os"
)

func keepOwner(*os.File, fs.FileInfo) {}
