// Package samples is the catalogue of events as data: for each event type a
// sample body in Spanish and in English, for each toggle a label and a page that
// explains it. The eleven Empower events are embedded; a folder of one's own adds
// more beside them and replaces none.
//
// # A folder of one's own
//
// The folder is read once, at start. Four kinds of file have a meaning in it:
//
//	order.paid.json      the sample body of the event type "order.paid"
//	order.paid.es.json   the same in Spanish (.en.json: in English); optional
//	order.paid.md        its page, in Markdown; .es.md and .en.md as above; optional
//	labels.toml          what people read for it, and the order; optional
//
// An event type is two or more dotted words of a-z, 0-9 and _; none of the last
// word may be "es" or "en". A body is a JSON object in UTF-8 of at most 1 MiB;
// its bytes are kept as they are. If it has a top-level "type", that must be the
// event type of the file's name. Types of three or more words share a toggle
// named by all but the last: "order.item.added" and "order.item.removed" stand
// behind "order.item". A page may be named after the toggle or after an event.
//
// labels.toml lists labels; events come in the order of their labels, those
// without one after them by name:
//
//	[[label]]
//	key = "order.paid"
//	es = "Pedido pagado"
//	en = "Order paid"
//
// A file that cannot be used is left out with a Warning that names the file, the
// line and what is wrong; it never keeps the program from starting.
package samples
