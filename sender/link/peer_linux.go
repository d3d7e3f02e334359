package link

import "golang.org/x/sys/unix"

// peerOf is the user whose program is at the other end of a unix socket.
func peerOf(fd int) (uid uint32, err error) {
	peer, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return peer.Uid, nil
}
