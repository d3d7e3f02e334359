package model

// Codes lists every code, in the order of their declaration.
func Codes() []Code {
	return []Code{
		CodeNameEmpty, CodeNameTaken, CodeNameTooLong, CodeNameControl, CodeURLEmpty, CodeURLScheme,
		CodeURLHost, CodeURLUserinfo, CodeURLFragment, CodeURLPort, CodeURLControl, CodeURLSyntax,
		CodeURLTooLong, CodeAuthControl, CodeAuthBlanks, CodeAuthASCII, CodeAuthTooLong, CodeHeaderName,
		CodeHeaderForbidden, CodeHeaderValue, CodeHeaderTooLong, CodeSecretFormat, CodeNoTriggers,
		CodeUnknownEvent, CodeSchedule, CodeLimit, CodeCondition, CodeCA, CodeBodyEmpty, CodeBodyJSON,
		CodeBodyTooLarge, CodeBodyUTF8, CodeUsage, CodeLang, CodeTheme, CodeConfig, CodeNotFound,
		CodeReadOnly, CodeConflict, CodePortInUse, CodeEventName, CodeEventTaken, CodeEventNoBody, CodeFileExists, CodeImport, CodeOwnFile,
		CodeDuplicate, CodeEventID, CodeFilterKey, CodeFilterValue, CodeFilterQuote,
		CodeStoreLocked, CodeStoreForeign, CodeStoreNewer, CodeStoreOlder, CodeStoreCorrupt, CodeStoreReadOnly,
		CodeStoreFull, CodeStoreGone, CodeStoreIO, CodeStorePath, CodeKeyMissing, CodeKeyWrong, CodeKeyMode,
		CodeInvalidURL, CodeBlockedAddress, CodeDNS, CodeRefused, CodeUnreachable, CodeReset, CodeTimeout,
		CodeTLS, CodeProtocol, CodeProxy, CodeRedirect, CodeAuthRejected, CodeAuthMissing, CodeHTTPNotFound,
		CodePostNotAllowed, CodeJSONNotAccepted, CodeRateLimited, CodeServerError, CodeHTTPError,
		CodeCancelled, CodeLocal,
	}
}

// Reasons lists the values that refine a code; nil for a code without any. An HTTP
// status in Reason is not among them.
func Reasons(c Code) []string {
	switch c {
	case CodeTLS:
		return []string{TLSExpired, TLSNotYetValid, TLSUnknownCA, TLSHostname, TLSVersion, TLSClientCert, TLSPlainHTTP, TLSOther}
	case CodeTimeout:
		return []string{PhaseDNS, PhaseConnect, PhaseTLS, PhaseHeaders, PhaseTotal}
	case CodeBlockedAddress:
		return []string{AddrLinkLocal, AddrMetadata, AddrUnspecified, AddrMulticast, AddrLoopback, AddrPrivate, AddrReserved}
	case CodeDNS:
		return []string{DNSNotFound, DNSServer}
	case CodeProxy:
		return []string{ProxyEgress, ProxyToken, ProxyConnect}
	case CodeLocal:
		return []string{LocalDescriptors, LocalMemory, LocalPorts, LocalForbidden, LocalInternal}
	}
	return nil
}
