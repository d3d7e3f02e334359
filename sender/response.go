package sender

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"hooktop/model"
)

// What is read of a response's body (PRODUCT.md, "Numbers to keep").
const (
	keepBytes  = 64 << 10  // kept
	drainBytes = 256 << 10 // read, so that the connection can serve again
)

// emptyDigest is that of no bytes.
const emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// capture reads what a receiver answered, to the caps. It never fails: a body that
// breaks off is truncated, and the status has been seen. whole says that the body has
// been read to its end.
func capture(r *http.Response) (out *model.Response, whole bool) {
	out = &model.Response{
		Status: r.StatusCode, Proto: r.Proto,
		Headers: sortedHeaders(r.Header), ContentLength: r.ContentLength,
	}
	if r.Body == http.NoBody {
		out.Digest, out.Truncated = emptyDigest, out.ContentLength > 0
		return out, true
	}
	digest := sha256.New()
	buf := make([]byte, readSize(r.ContentLength))
	for out.BodyRead < drainBytes {
		n, err := r.Body.Read(buf[:min(int64(len(buf)), drainBytes-out.BodyRead)])
		digest.Write(buf[:n])
		out.BodyRead += int64(n)
		out.Body = append(out.Body, buf[:min(n, keepBytes-len(out.Body))]...)
		if err != nil {
			whole = errors.Is(err, io.EOF)
			break
		}
	}
	out.Digest = hex.EncodeToString(digest.Sum(nil))
	kept := int64(len(out.Body))
	out.Truncated = out.BodyRead > kept || out.ContentLength > kept || (!whole && out.ContentLength != out.BodyRead)
	return out, whole
}

// readSize is how much to read at once: a short answer needs no more than itself.
func readSize(length int64) int64 {
	const most, least = 16 << 10, 512
	if length < 0 || length > most {
		return most
	}
	return max(length, least)
}

// sortedHeaders lists the header lines by name; net/http does not keep the order
// they came in.
func sortedHeaders(h http.Header) []model.Header {
	out := slices.Grow([]model.Header(nil), len(h))
	for name, values := range h {
		for _, v := range values {
			out = append(out, model.Header{Name: name, Value: v})
		}
	}
	slices.SortStableFunc(out, func(a, b model.Header) int { return strings.Compare(a.Name, b.Name) })
	return out
}
