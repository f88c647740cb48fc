import {KtopError} from '../../metrics/model/failure.ts';

/** What the store calls the names of things. Where nothing is given it is found out by looking at the store. */
export type LabelOptions = {
	readonly node?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
};

export type LabelNames = Readonly<Required<LabelOptions>>;

/**
 * LabelNames of a node's rows, best first: kube-prometheus, then scrape configurations that copy the node's own labels, then
 * whatever Prometheus calls the target, which is an address where it is not told better.
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
 * The label that cAdvisor wrote, best first: Prometheus gives it another name where the target has one of the same
 * (`honor_labels: false`), and it ended in `_name` up to Kubernetes 1.15.
 */
export const NAME_LABELS = {
	namespace: ['exported_namespace', 'namespace'],
	pod: ['exported_pod', 'pod', 'pod_name'],
	container: ['exported_container', 'container', 'container_name'],
} as const;

/** Throws `KtopError` (`usage`) for a name that no label can have. */
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
 * What is put into every selector, as `cluster="prod",job="kubelet"`; braces around it and a comma behind may be there.
 * Throws `KtopError` (`usage`) for what is no list of matchers.
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
