package link

import (
	"errors"
	"fmt"
	"net"
	"os"
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
	var uid uint32
	var got error
	if err := raw.Control(func(fd uintptr) { uid, got = peerOf(int(fd)) }); err != nil {
		return fmt.Errorf("check peer: %w", err)
	}
	if got != nil {
		return fmt.Errorf("check peer: %w", got)
	}
	if uid != uint32(os.Geteuid()) {
		return fmt.Errorf("check peer: it is user %d's", uid)
	}
	return nil
}
