/**
 * The path of /metrics/resource from the annotation `metrics.k8s.io/resource-metrics-path`; undefined if it is not a
 * plain path. Nodes write their own annotations, so `..` and queries are rejected: `..` could leave the API server's
 * proxy and reach other paths with ktop's credentials, and a query could reach other functions of the kubelet.
 */
export function resourcePath(annotation: string | undefined): string | undefined {
	return annotation !== undefined &&
		/^(?:\/[\w.~-]+)+$/.test(annotation) &&
		!annotation.split('/').some(segment => /^\.+$/.test(segment))
		? annotation
		: undefined;
}
