package store

// Numbers stand in stretches of 1 << stretchBits, of which is known when their rows
// were made: a search by time passes over the others. It is exact however clocks are
// set.
const stretchBits = 12

// span is a range of times.
type span struct{ oldest, newest int64 }

// place notes when the rows of some numbers were made.
func (t *txn) place(first, last, at int64) {
	if t.times == nil {
		t.times = map[int64]span{}
	}
	for n := first >> stretchBits; n <= last>>stretchBits; n++ {
		s, ok := t.times[n]
		if !ok {
			s = span{at, at}
		}
		t.times[n] = span{min(s.oldest, at), max(s.newest, at)}
	}
}

func (t *txn) flushTimes() error {
	for n, s := range t.times {
		if err := t.hot.time.exec(n, s.oldest, s.newest); err != nil {
			return err
		}
	}
	return nil
}
