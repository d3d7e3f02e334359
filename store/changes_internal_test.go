package store

import "testing"

func TestTheFileIsLookedAtForThoseWithoutASign(t *testing.T) {
	d := openTemp(t)
	slow := d.Changes(t.Context())
	<-slow // of the first look
	quick := d.Changes(t.Context())
	d.changes.tell()
	<-quick
	if d.changes.told() {
		t.Error("one of two has taken its sign, and would not hear of the next commit")
	}
	d.changes.tell()
	if !d.changes.told() {
		t.Error("both have a sign, and the file is looked at all the same")
	}
	<-slow
	<-quick
	if d.changes.told() {
		t.Error("nobody has a sign")
	}
}
