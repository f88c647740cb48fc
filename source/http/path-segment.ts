/**
 * A name as one segment of a path. JSON may hold half a surrogate pair, which has no encoding: `encodeURIComponent` throws
 * for it, and here it becomes U+FFFD.
 */
export function pathSegment(name: string): string {
	return encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD'));
}
