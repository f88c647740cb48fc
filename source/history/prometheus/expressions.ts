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

/** The value and the subjects of one query. */
export type Question = {
	readonly value: PastValue;
	readonly kind: SubjectKind;
	/** All are of `kind`; undefined selects all objects of the kind. */
	readonly subjects?: readonly HistorySubject[] | undefined;
	/** Window of rates. It must hold two samples, and should hold four. */
	readonly rateMs: number;
	/** Window of means of gauges; undefined takes the newest sample. */
	readonly meanMs?: number | undefined;
	/** Also groups pods and containers by node. */
	readonly withNode?: boolean;
};

/** Builds the expression for a value of cgroups from matchers. */
type Measure = (matchers: readonly string[]) => string;

/**
 * The PromQL of a question; undefined if cAdvisor does not have the value for the kind. Each series of the answer has
 * the labels of `groupLabels`.
 *
 * Before a sum, `max by` removes duplicates: two Prometheus replicas with the same targets, a restarted container
 * (another `id`) whose former series is still within the window, a pod of the same name on another node.
 */
export function expressionOf(question: Question, schema: PrometheusSchema): string | undefined {
	switch (question.value) {
		case 'cpuCores':
			return usage(question, schema, {
				// Old kubelets have a series per CPU, newer ones only cpu="total".
				fromCgroups: matchers =>
					`sum without (cpu) (${rateOf('container_cpu_usage_seconds_total', matchers, question.rateMs)})`,
				fromPods: matchers => rateOf('pod_cpu_usage_seconds_total', matchers, question.rateMs),
			});
		case 'memoryWorkingSetBytes':
			return usage(question, schema, {
				fromCgroups: sizeOf(WORKING_SET, question),
				fromPods: sizeOf(POD_WORKING_SET, question),
			});
		case 'memoryRssBytes':
			return usage(question, schema, {
				fromCgroups: sizeOf('container_memory_rss', question),
				fromPods: undefined,
			});
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

/** The times of the newest samples in Unix seconds, with the same labels as the values of `question`. */
export function sampleTimeExpression(question: Question, schema: PrometheusSchema): string {
	const measure: Measure = matchers => `timestamp(${selector(WORKING_SET, matchers)})`;
	if (question.kind === 'node' && schema.hasNodeRows) {
		return nodes(question, schema, measure, [ROOT]);
	}

	const rows = [...subjectMatchers(question, schema.labels), ...containerRows(schema.labels)];
	return `max ${by(groupLabels(question, schema.labels))} (${measure([...schema.matchers, ...rows])})`;
}

/** The labels that identify subjects of a kind. */
export function groupLabels(
	{kind, withNode}: Pick<Question, 'kind' | 'withNode'>,
	labels: LabelNames,
): readonly string[] {
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

/** From the kubelet's /metrics/resource, which has a series per pod, but no RSS. */
export const POD_WORKING_SET = 'pod_memory_working_set_bytes';

/** The root cgroup, which is the whole machine. */
export const ROOT = 'id="/"';

/** File systems on disks. */
const DISKS = 'device!~"|tmpfs|shm|none|overlay.*|/run.*|/dev/shm|/sys/.*|/var/lib/.*"';

export function selector(metric: string, matchers: readonly string[], rangeMs?: number): string {
	const range = rangeMs === undefined ? '' : `[${Math.ceil(rangeMs / 1000)}s]`;
	return `${metric}{${matchers.join(',')}}${range}`;
}

/** Containers, without pod cgroups and sandboxes. Series without an image come from /metrics/resource. */
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

/** Expressions for a value: from cgroups, and from pod series of /metrics/resource if they exist. */
type Usage = {readonly fromCgroups: Measure; readonly fromPods: Measure | undefined};

function usage(question: Question, schema: PrometheusSchema, {fromCgroups, fromPods}: Usage): string {
	const isOfNodes = question.kind === 'node' || question.kind === 'cluster';
	if (question.kind === 'container') {
		return containers(question, schema, fromCgroups);
	}

	return isOfNodes && schema.hasNodeRows
		? nodes(question, schema, fromCgroups, [ROOT])
		: pods(question, schema, {fromCgroups, fromPods});
}

/**
 * One series per pod, or sums of pods. A pod is its own cgroup, as in the live view, or the sum of its containers if
 * the store lacks that.
 */
function pods(question: Question, schema: PrometheusSchema, {fromCgroups, fromPods}: Usage): string {
	const {labels, matchers, podRows} = schema;
	const group = groupLabels(question, labels);
	const own = [labels.namespace, labels.pod];
	const each = [...own, ...group.filter(label => !own.includes(label))];
	const rows = [...matchers, ...subjectMatchers(question, labels)];
	const measured =
		podRows === 'groups'
			? fromCgroups([...rows, ...podGroupRows(labels)])
			: podRows === 'resource'
				? fromPods?.([...rows, `${labels.pod}!=""`])
				: undefined;
	const one = [...each, labels.container];
	const sum = `sum ${by(each)} (max ${by(one)} (${fromCgroups([...rows, ...containerRows(labels)])}))`;
	const pod = measured === undefined ? sum : `max ${by(each)} (${measured}) or ${sum}`;
	return question.kind === 'pod' ? pod : `sum ${by(group)} (${pod})`;
}

/** Pod cgroups: unlike containers and sandboxes, they have neither container name nor image. */
export function podGroupRows({pod, container}: LabelNames): readonly string[] {
	return [`${pod}!=""`, `${container}=""`, 'image=""'];
}

/** One series per node, or their sum. */
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

/** Network interfaces belong to nodes and sandboxes, so containers have no traffic. */
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
			// A pod with hostNetwork reports the node's traffic, which does not belong to its namespace.
			const host = selector(metric, [...pods, `interface=~"${HOST_INTERFACES}"`]);
			const own = `max ${by(each)} (${measure(each)(pods)})`;
			return `sum ${by([labels.namespace])} (${own} unless on (${each.join(', ')}) ${host})`;
		}
		case 'container':
			return undefined;
	}
}

/** Selects interfaces like `countedInterfaces`, per group of `on`: network cards, or else the lowest layer present. */
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

/** The file system with the least free space, as in the live view; the largest if the store has no limits. */
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

export function by(labels: readonly string[]): string {
	return labels.length === 0 ? '' : `by (${labels.join(', ')})`;
}

/** Matches at least the subjects. Names may also match crosswise, so answers must be filtered again. */
export function subjectMatchers(
	{subjects}: Pick<Question, 'subjects'>,
	labels: LabelNames,
): readonly string[] {
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
