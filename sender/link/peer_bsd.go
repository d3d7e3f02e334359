//go:build darwin || freebsd

package link

import (
	"errors"
	"fmt"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// checkPeer refuses the other end of a unix socket when it is another user's program.
func checkPeer(c net.Conn) error {
	u, ok := c.(*net.UnixConn)
	if !ok {
		return errors.New("check peer: no unix socket")
	}
	raw, err := u.SyscallConn()
	if err != nil {
		return fmt.Errorf("check peer: %w", err)
	}
	var peer *unix.Xucred
	var got error
	if err := raw.Control(func(fd uintptr) { peer, got = unix.GetsockoptXucred(int(fd), unix.SOL_LOCAL, unix.LOCAL_PEERCRED) }); err != nil {
		return fmt.Errorf("check peer: %w", err)
	}
	if got != nil {
		return fmt.Errorf("check peer: %w", got)
	}
	if peer.Uid != uint32(os.Geteuid()) {
		return fmt.Errorf("check peer: it is user %d's", peer.Uid)
	}
	return nil
}
