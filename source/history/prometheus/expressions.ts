import {
	NEVER_COUNTED,
	STACKED_LAYERS,
	SYNTHETIC,
	VIRTUAL_FUNCTION,
} from '../../metrics/rates/counted-interfaces.ts';
import type {HistorySubject, PastValue, SubjectKind} from '../store/history-request.ts';
import {HOST_INTERFACES} from './host-interfaces.ts';
import type {LabelNames} from './label-names.ts';
import {promqlNames} from './quote.ts';
import type {PrometheusSchema} from './schema.ts';

/** What one query asks for. */
export type Question = {
	readonly value: PastValue;
	readonly kind: SubjectKind;
	/** Of `kind`; undefined asks for all of them. */
	readonly subjects?: readonly HistorySubject[] | undefined;
	/** Rates are over this time; it holds at least two samples, best four. */
	readonly rateMs: number;
	/** Sizes are means over this time; undefined takes the newest sample. */
	readonly meanMs?: number | undefined;
	/** Also tells pods and containers apart by the node that they were on. */
	readonly withNode?: boolean;
};

/** How a metric becomes a value of one control group. */
type Measure = (matchers: readonly string[]) => string;

/**
 * The PromQL of a question, undefined where cAdvisor does not have the value for the kind. Each row of the answer has
 * the labels of `groupLabels`.
 *
 * Before anything is summed, `max by` makes one of what is there more than once: two Prometheis that scrape the same, a
 * container started anew (another `id`) while its former row is still within the window, a pod of the same name on
 * another node.
 */
export function expressionOf(question: Question, schema: PrometheusSchema): string | undefined {
	switch (question.value) {
		case 'cpuCores':
			return usage(question, schema, {
				// Old kubelets have a row for each CPU, new ones cpu="total" alone.
				ofGroups: matchers =>
					`sum without (cpu) (${rateOf('container_cpu_usage_seconds_total', matchers, question.rateMs)})`,
				ofPods: matchers => rateOf('pod_cpu_usage_seconds_total', matchers, question.rateMs),
			});
		case 'memoryWorkingSetBytes':
			return usage(question, schema, {
				ofGroups: sizeOf(WORKING_SET, question),
				ofPods: sizeOf(POD_WORKING_SET, question),
			});
		case 'memoryRssBytes':
			return usage(question, schema, {ofGroups: sizeOf('container_memory_rss', question), ofPods: undefined});
		case 'rxBytesPerSecond':
			return traffic(question, schema, 'container_network_receive_bytes_total');
		case 'txBytesPerSecond':
			return traffic(question, schema, 'container_network_transmit_bytes_total');
		case 'filesystemUsedBytes':
			return question.kind === 'node' && schema.hasNodeRows
				? nodes(question, schema, fullestDisk(question, schema), [ROOT, DISKS])
				: undefined;
		case 'throttledRatio':
			return question.kind === 'container'
				? containers(question, schema, matchers => {
						const throttled = rateOf('container_cpu_cfs_throttled_periods_total', matchers, question.rateMs);
						return `${throttled} / ${rateOf('container_cpu_cfs_periods_total', matchers, question.rateMs)}`;
					})
				: undefined;
		case 'cpuCapacityCores':
			return capacity(question, schema, 'machine_cpu_cores');
		case 'memoryCapacityBytes':
			return capacity(question, schema, 'machine_memory_bytes');
	}
}

/** The times of the newest samples in Unix seconds, by the same labels as the values of `question`. */
export function sampleTimeExpression(question: Question, schema: PrometheusSchema): string {
	const measure: Measure = matchers => `timestamp(${selector(WORKING_SET, matchers)})`;
	if (question.kind === 'node' && schema.hasNodeRows) {
		return nodes(question, schema, measure, [ROOT]);
	}

	const rows = [...subjectMatchers(question, schema.labels), ...containerRows(schema.labels)];
	return `max ${by(groupLabels(question, schema.labels))} (${measure([...schema.matchers, ...rows])})`;
}

/** The labels that tell the subjects of a kind apart. */
export function groupLabels({kind, withNode}: Question, labels: LabelNames): readonly string[] {
	const node = withNode ? [labels.node] : [];
	switch (kind) {
		case 'cluster':
			return [];
		case 'node':
			return [labels.node];
		case 'namespace':
			return [labels.namespace];
		case 'pod':
			return [labels.namespace, labels.pod, ...node];
		case 'container':
			return [labels.namespace, labels.pod, labels.container, ...node];
	}
}

export const WORKING_SET = 'container_memory_working_set_bytes';

/** Of the kubelet's /metrics/resource, which has a series for each pod, but none of RSS. */
export const POD_WORKING_SET = 'pod_memory_working_set_bytes';

/** The control group of the whole machine. */
export const ROOT = 'id="/"';

/** Of a machine's file systems those that lie on a disk. */
const DISKS = 'device!~"|tmpfs|shm|none|overlay.*|/run.*|/dev/shm|/sys/.*|/var/lib/.*"';

export function selector(metric: string, matchers: readonly string[], rangeMs?: number): string {
	const range = rangeMs === undefined ? '' : `[${Math.ceil(rangeMs / 1000)}s]`;
	return `${metric}{${matchers.join(',')}}${range}`;
}

/** Containers, and not the group of their pod or its sandbox; rows without an image are of /metrics/resource. */
function containerRows({container}: LabelNames): readonly string[] {
	return ['image!=""', `${container}!=""`, `${container}!="POD"`];
}

function rateOf(metric: string, matchers: readonly string[], rateMs: number): string {
	return `rate(${selector(metric, matchers, rateMs)})`;
}

function sizeOf(metric: string, {meanMs}: Question): Measure {
	return matchers =>
		meanMs === undefined
			? selector(metric, matchers)
			: `avg_over_time(${selector(metric, matchers, meanMs)})`;
}

/** How a value is had of control groups, and of pods where the kubelet has a series for them. */
type Usage = {readonly ofGroups: Measure; readonly ofPods: Measure | undefined};

function usage(question: Question, schema: PrometheusSchema, {ofGroups, ofPods}: Usage): string {
	const isOfNodes = question.kind === 'node' || question.kind === 'cluster';
	if (question.kind === 'container') {
		return containers(question, schema, ofGroups);
	}

	return isOfNodes && schema.hasNodeRows
		? nodes(question, schema, ofGroups, [ROOT])
		: pods(question, schema, {ofGroups, ofPods});
}

/**
 * A row for each pod, or sums of them: what its own control group uses, as ktop shows it live, or the sum of its
 * containers where the store has nothing of that.
 */
function pods(question: Question, schema: PrometheusSchema, {ofGroups, ofPods}: Usage): string {
	const {labels, matchers, podRows} = schema;
	const group = groupLabels(question, labels);
	const own = [labels.namespace, labels.pod];
	const each = [...own, ...group.filter(label => !own.includes(label))];
	const rows = [...matchers, ...subjectMatchers(question, labels)];
	const measured =
		podRows === 'groups'
			? ofGroups([...rows, ...podGroupRows(labels)])
			: podRows === 'resource'
				? ofPods?.([...rows, `${labels.pod}!=""`])
				: undefined;
	const one = [...each, labels.container];
	const sum = `sum ${by(each)} (max ${by(one)} (${ofGroups([...rows, ...containerRows(labels)])}))`;
	const pod = measured === undefined ? sum : `max ${by(each)} (${measured}) or ${sum}`;
	return question.kind === 'pod' ? pod : `sum ${by(group)} (${pod})`;
}

/** The control groups of pods: a sandbox has an image, a container a name. */
export function podGroupRows({pod, container}: LabelNames): readonly string[] {
	return [`${pod}!=""`, `${container}=""`, 'image=""'];
}

/** A row for each node, or their sum. */
function nodes(
	question: Question,
	{labels, matchers}: PrometheusSchema,
	measure: Measure,
	rows: readonly string[],
): string {
	const each = `max ${by([labels.node])} (${measure([...matchers, ...subjectMatchers(question, labels), ...rows])})`;
	return question.kind === 'cluster' ? `sum(${each})` : each;
}

function containers(question: Question, {labels, matchers}: PrometheusSchema, measure: Measure): string {
	const rows = [...matchers, ...subjectMatchers(question, labels), ...containerRows(labels)];
	return `max ${by(groupLabels(question, labels))} (${measure(rows)})`;
}

/** A pod's interfaces are its sandbox's, so a container has no traffic; nodes have that of their own interfaces. */
function traffic(question: Question, schema: PrometheusSchema, metric: string): string | undefined {
	const {labels, matchers} = schema;
	const each = groupLabels(question.kind === 'namespace' ? {...question, kind: 'pod'} : question, labels);
	const measure = (group: readonly string[]): Measure => wire(metric, question.rateMs, group);
	const pods = [
		...matchers,
		...subjectMatchers(question, labels),
		`${labels.namespace}!=""`,
		`${labels.pod}!=""`,
	];
	switch (question.kind) {
		case 'cluster':
		case 'node':
			return schema.hasNodeRows ? nodes(question, schema, measure([labels.node]), [ROOT]) : undefined;
		case 'pod':
			return `max ${by(each)} (${measure(each)(pods)})`;
		case 'namespace': {
			// A pod on the host's network shows the node's traffic, which is not its namespace's.
			const host = selector(metric, [...pods, `interface=~"${HOST_INTERFACES}"`]);
			const own = `max ${by(each)} (${measure(each)(pods)})`;
			return `sum ${by([labels.namespace])} (${own} unless on (${each.join(', ')}) ${host})`;
		}
		case 'container':
			return undefined;
	}
}

/** The choice that `countedInterfaces` makes, in each group of `on`: cards, or else the lowest layer that is there. */
function wire(metric: string, rateMs: number, on: readonly string[]): Measure {
	return rows => {
		const rate = (...interfaces: readonly string[]): string =>
			rateOf(metric, [...rows, ...interfaces.map(matcher => `interface${matcher}`)], rateMs);
		const group = `on (${on.join(', ')})`;
		const synthetic = selector(metric, [...rows, `interface=~"${SYNTHETIC}"`]);
		const noCard = [NEVER_COUNTED, ...STACKED_LAYERS, VIRTUAL_FUNCTION].join('|');
		const cards = `${rate(`!~"${noCard}"`)} or (${rate(`=~"${VIRTUAL_FUNCTION}"`)} unless ${group} ${synthetic})`;
		const layers = STACKED_LAYERS.map(layer => rate(`=~"${layer}"`, `!~"${NEVER_COUNTED}"`));
		return `sum without (interface) (${[cards, ...layers].join(` or ${group} `)})`;
	};
}

/** Of these the one with the least room left counts, as it does live; the largest where no limits are kept. */
function fullestDisk(question: Question, {labels}: PrometheusSchema): Measure {
	return rows => {
		const used = sizeOf('container_fs_usage_bytes', question)(rows);
		const share = `${selector('container_fs_usage_bytes', rows)} / ${selector('container_fs_limit_bytes', rows)}`;
		const fullest = `topk by (${labels.node}) (1, ${share})`;
		return `(${used} and on (${labels.node}, device) ${fullest}) or on (${labels.node}) ${used}`;
	};
}

function capacity(question: Question, schema: PrometheusSchema, metric: string): string | undefined {
	return question.kind === 'node' || question.kind === 'cluster'
		? nodes(question, schema, sizeOf(metric, question), [])
		: undefined;
}

function by(labels: readonly string[]): string {
	return labels.length === 0 ? '' : `by (${labels.join(', ')})`;
}

/** Lets through at least the subjects; names of two lists may match crosswise, so that answers are looked through again. */
function subjectMatchers({subjects}: Question, labels: LabelNames): readonly string[] {
	const names: Record<'node' | 'namespace' | 'pod' | 'container', Set<string>> = {
		node: new Set(),
		namespace: new Set(),
		pod: new Set(),
		container: new Set(),
	};
	for (const subject of subjects ?? []) {
		switch (subject.kind) {
			case 'cluster':
				break;
			case 'node':
			case 'namespace':
				names[subject.kind].add(subject.name);
				break;
			case 'pod':
				names.namespace.add(subject.namespace);
				names.pod.add(subject.name);
				break;
			case 'container':
				names.namespace.add(subject.namespace);
				names.pod.add(subject.pod);
				names.container.add(subject.name);
		}
	}

	return (['node', 'namespace', 'pod', 'container'] as const)
		.filter(kind => names[kind].size > 0)
		.map(kind => `${labels[kind]}=~${promqlNames([...names[kind]])}`);
}
