package store

// sent are the deliveries that were stored as being sent and have no result yet.
// They are in no index: state.low says where a search for them after an unclean
// stop begins. It is raised by the process that sends, which has recovered first.
type sent struct {
	owner bool
	out   map[int64]struct{}
	order []int64 // ascending; those that are not in out are over
}

// sentChange is what a transaction adds and ends.
type sentChange struct {
	added, gone []int64
	claimed     []int64 // are in an index: only lost needs them
	owner       bool
}

// low is the new mark; it lags by the transaction that is under way.
func (s *sent) low(was state) int64 {
	if !s.owner {
		return was.low
	}
	n := 0
	for n < len(s.order) {
		if _, ok := s.out[s.order[n]]; ok {
			break
		}
		n++
	}
	s.order = s.order[:copy(s.order, s.order[n:])]
	if len(s.order) == 0 {
		return was.rev + 1
	}
	return s.order[0]
}

// apply takes over what a transaction has changed, once it is on disk.
func (s *sent) apply(c sentChange) {
	s.owner = s.owner || c.owner
	if s.out == nil {
		s.out = map[int64]struct{}{}
	}
	for _, seq := range c.added {
		s.out[seq] = struct{}{}
	}
	s.order = append(s.order, c.added...)
	for _, seq := range c.gone {
		delete(s.out, seq)
	}
}
