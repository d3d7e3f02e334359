package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

const (
	logSize = 10 << 20 // bytes before the log is turned over
	logKeep = 3        // files in all
)

// logFile is a log that is opened at the first line and turned over at logSize.
// A log that cannot be written is no reason to stop: the line is lost.
type logFile struct {
	path string
	mu   sync.Mutex
	file *os.File
	size int64
}

// newLog writes JSON lines to path; debug adds detail.
func newLog(path string, debug bool) *slog.Logger {
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(&logFile{path: path}, &slog.HandlerOptions{Level: level}))
}

func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil && l.size+int64(len(line)) > logSize {
		l.turn()
	}
	if l.file == nil {
		if err := l.open(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(line)
	l.size += int64(n)
	return n, err
}

func (l *logFile) open() error {
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	l.file, l.size = f, info.Size()
	return nil
}

// turn renames hooktop.log to .1, .1 to .2, and drops the oldest.
func (l *logFile) turn() {
	_ = l.file.Close()
	l.file = nil
	for n := logKeep - 1; n > 0; n-- {
		from := l.path
		if n > 1 {
			from = fmt.Sprintf("%s.%d", l.path, n-1)
		}
		_ = os.Rename(from, fmt.Sprintf("%s.%d", l.path, n))
	}
}
