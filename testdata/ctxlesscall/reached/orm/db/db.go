// Package db has the handle of the program, and lends it.
package db

import (
	"github.com/XSAM/otelsql"
	"gorm.io/gorm"
)

var handle *gorm.DB

// Open opens it, on a driver that traces.
func Open(open func(driver string) gorm.Dialector) (err error) {
	driver, err := otelsql.Register("postgres")
	if err != nil {
		return err
	}
	handle, err = gorm.Open(open(driver))
	return err
}

// Get lends it.
func Get() *gorm.DB { return handle }
