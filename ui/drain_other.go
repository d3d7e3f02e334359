//go:build !unix

package ui

import "time"

func drain(time.Duration) {}
