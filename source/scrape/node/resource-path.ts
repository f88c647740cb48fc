/**
 * Where a node says that it serves /metrics/resource (annotation `metrics.k8s.io/resource-metrics-path`), if it is a
 * plain path. A node may write its own annotations: one with `..` in it would lead out of the API server's proxy, to
 * whatever else ktop's credentials open, and one with a query to what else the kubelet can do.
 */
export function resourcePath(annotation: string | undefined): string | undefined {
	return annotation !== undefined &&
		/^(?:\/[\w.~-]+)+$/.test(annotation) &&
		!annotation.split('/').some(segment => /^\.+$/.test(segment))
		? annotation
		: undefined;
}
