package sender

import (
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"hooktop/model"
)

// maxDetail bounds the raw text of a cause, in bytes.
const maxDetail = 512

// classify names the cause of an attempt that got no response. The order matters:
// what is ours comes before what could be the receiver's.
func (w *wire) classify(err error, t *trace, a *model.Attempt) *model.Failure {
	f := w.cause(err, t, a)
	f.Detail = strings.ToValidUTF8(err.Error(), "�")
	if len(f.Detail) > maxDetail {
		f.Detail = strings.ToValidUTF8(f.Detail[:maxDetail], "")
	}
	return f
}

func (w *wire) cause(err error, t *trace, a *model.Attempt) *model.Failure {
	var fault *model.Fault
	var blocked *blockedError
	var proxy *proxyError
	var op *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &fault):
		return faultCause(fault)
	case errors.As(err, &blocked):
		return &model.Failure{Code: model.CodeBlockedAddress, Reason: blocked.kind}
	case errors.As(err, &proxy):
		return &model.Failure{Code: model.CodeProxy, Reason: proxy.reason}
	case localCause(err) != "":
		return &model.Failure{Code: model.CodeLocal, Reason: localCause(err)}
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return &model.Failure{Code: model.CodeProxy, Reason: model.ProxyConnect}
	case errors.Is(err, errTotal):
		return &model.Failure{Code: model.CodeTimeout, Reason: model.PhaseTotal}
	case errors.As(err, &dns):
		return dnsCause(dns)
	}
	if f := tlsCause(err, w.now(), t.asked); f != nil {
		return f
	}
	return networkCause(err, t)
}

// faultCause is the failure of a request that could not be built.
func faultCause(f *model.Fault) *model.Failure {
	if f.Field == model.FieldURL {
		return &model.Failure{Code: model.CodeInvalidURL, Reason: string(f.Code)}
	}
	return &model.Failure{Code: model.CodeLocal, Reason: string(f.Code)}
}

func dnsCause(e *net.DNSError) *model.Failure {
	switch {
	case e.IsTimeout:
		return &model.Failure{Code: model.CodeTimeout, Reason: model.PhaseDNS}
	case e.IsNotFound:
		return &model.Failure{Code: model.CodeDNS, Reason: model.DNSNotFound}
	}
	return &model.Failure{Code: model.CodeDNS, Reason: model.DNSServer}
}

// localCause names a fault of our own machine, or "".
func localCause(err error) string {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return ""
	}
	switch errno {
	case syscall.EMFILE, syscall.ENFILE:
		return model.LocalDescriptors
	case syscall.ENOMEM, syscall.ENOBUFS:
		return model.LocalMemory
	case syscall.EADDRNOTAVAIL:
		return model.LocalPorts
	case syscall.EPERM, syscall.EACCES:
		return model.LocalForbidden
	}
	return ""
}

// networkCause names what happened to the connection itself.
func networkCause(err error, t *trace) *model.Failure {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		switch errno {
		case syscall.ECONNREFUSED:
			return &model.Failure{Code: model.CodeRefused}
		case syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN:
			return &model.Failure{Code: model.CodeUnreachable}
		case syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED:
			return &model.Failure{Code: model.CodeReset, Reason: string(t.phase)}
		}
	}
	var timeout net.Error
	var address *net.AddrError
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return &model.Failure{Code: model.CodeTimeout, Reason: string(t.phase)}
	case errors.As(err, &address):
		return &model.Failure{Code: model.CodeUnreachable}
	case brokeOff(err), t.conn != nil && t.conn.ended:
		return &model.Failure{Code: model.CodeReset, Reason: string(t.phase)}
	case t.conn != nil:
		return &model.Failure{Code: model.CodeProtocol}
	}
	return &model.Failure{Code: model.CodeLocal, Reason: model.LocalInternal}
}

// brokeOff recognises a connection that ended before an answer.
func brokeOff(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
