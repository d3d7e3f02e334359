//go:build darwin || freebsd

package link

import "golang.org/x/sys/unix"

// peerOf is the user whose program is at the other end of a unix socket.
func peerOf(fd int) (uid uint32, err error) {
	peer, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return peer.Uid, nil
}
