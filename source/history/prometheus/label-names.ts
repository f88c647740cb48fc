import {KtopError} from '../../metrics/model/failure.ts';

/** The labels that hold names in this store. Those that are not given are detected. */
export type LabelOptions = {
	readonly node?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
};

export type LabelNames = Readonly<Required<LabelOptions>>;

/**
 * Labels that may hold the node's name, best first: kube-prometheus, then scrape configurations that copy the node's
 * own labels, then Prometheus' name of the target, which is an address by default.
 */
export const NODE_LABELS = [
	'node',
	'kubernetes_io_hostname',
	'kubernetes_node',
	'node_name',
	'nodename',
	'instance',
] as const;

/**
 * Names of cAdvisor's own labels, best first. Prometheus adds `exported_` if the target has a label of the same name
 * (`honor_labels: false`). Up to Kubernetes 1.15 they ended in `_name`.
 */
export const NAME_LABELS = {
	namespace: ['exported_namespace', 'namespace'],
	pod: ['exported_pod', 'pod', 'pod_name'],
	container: ['exported_container', 'container', 'container_name'],
} as const;

/** Throws `KtopError` (`usage`) for an invalid label name. */
export function checkLabels(options: LabelOptions): void {
	for (const [kind, name] of Object.entries(options)) {
		if (name !== undefined && !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
			throw new KtopError({
				code: 'usage',
				brief: 'bad label',
				message: `--history cannot take ${JSON.stringify(name)} as the label of a ${kind}`,
				hint: 'a label is letters, digits and underscores, like kubernetes_io_hostname',
			});
		}
	}
}

const MATCHER =
	/\s*[a-zA-Z_][a-zA-Z0-9_]*\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)\s*/;
const MATCHERS = new RegExp(`^${MATCHER.source}(?:,${MATCHER.source})*$`);

/**
 * Parses matchers for every selector: `cluster="prod",job="kubelet"`, with optional braces and trailing comma. Throws
 * `KtopError` (`usage`) if the syntax is invalid.
 */
export function parseMatchers(text: string | undefined): readonly string[] {
	const list = (text ?? '')
		.trim()
		.replace(/^\{(.*)\}$/s, '$1')
		.replace(/,\s*$/, '')
		.trim();
	if (list === '') {
		return [];
	}

	if (!MATCHERS.test(list)) {
		throw new KtopError({
			code: 'usage',
			brief: 'bad matchers',
			message: `--history cannot take ${JSON.stringify(list.slice(0, 100))} as matchers`,
			hint: 'write them as in PromQL: cluster="prod",job="kubelet"',
		});
	}

	return [list];
}
