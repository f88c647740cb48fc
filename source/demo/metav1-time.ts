/** A metav1.Time: whole seconds, cut. */
export function stamp(timeMs: number): string {
	return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
