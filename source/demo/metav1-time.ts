/** A metav1.Time: RFC 3339, truncated to whole seconds. */
export function stamp(timeMs: number): string {
	return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
