// Package every calls functions again and again.
package every

import "time"

// Minute calls f each minute, for as long as the program runs.
func Minute(f func()) {
	for range time.Tick(time.Minute) {
		f()
	}
}
