import {KtopError} from '../../metrics/model/failure.ts';
import {MAX_RANGE_MS} from '../store/query-bounds.ts';
import type {PrometheusClient} from './client.ts';
import {POD_WORKING_SET, podGroupRows, ROOT, selector, WORKING_SET} from './expressions.ts';
import {type LabelNames, type LabelOptions, NAME_LABELS, NODE_LABELS} from './label-names.ts';
import type {LabelSet} from './query-result.ts';
import {promqlNames} from './quote.ts';
import type {PrometheusSchema} from './schema.ts';

/**
 * Detects the labels that are not given, from the current series of nodes and of the largest container. If there are
 * none now, from the series of nodes in the last days. Throws `KtopError` (`not-found`) without series of cAdvisor.
 */
export async function probePrometheus(
	client: PrometheusClient,
	given: LabelOptions,
	matchers: readonly string[],
	nowMs: number,
	signal: AbortSignal,
): Promise<PrometheusSchema> {
	const labelsNow = async (query: string): Promise<readonly LabelSet[]> =>
		(await client.instant(query, {atMs: nowMs}, signal)).series.map(({labels}) => labels);
	const roots = selector(WORKING_SET, [...matchers, ROOT]);
	const podLabels = given.pod === undefined ? NAME_LABELS.pod : [given.pod];
	const [rootsNow, ...containersNow] = await Promise.all([
		labelsNow(roots),
		...podLabels.map(label =>
			// The largest series with an image is a container, not a sandbox.
			labelsNow(`topk(1, ${selector(WORKING_SET, [...matchers, 'image!=""', `${label}!=""`])})`),
		),
	]);
	const container = containersNow.flat()[0];
	const nodes =
		rootsNow.length > 0 || container !== undefined
			? rootsNow
			: await client.labelSets(roots, {startMs: nowMs - MAX_RANGE_MS, endMs: nowMs}, signal);
	const rows = nodes.length > 0 ? nodes : container === undefined ? [] : [container];
	if (rows.length === 0) {
		throw noContainerMetrics(client.origin, matchers);
	}

	const labels = {
		node: given.node ?? nodeLabel(rows),
		namespace: given.namespace ?? nameLabel('namespace', container),
		pod: given.pod ?? nameLabel('pod', container),
		container: given.container ?? nameLabel('container', container),
	};
	const kubeletMatchers = [
		...matchers,
		...(await matchersOfKubelets(rows, labels, named =>
			labelsNow(`count by (job) (${selector(WORKING_SET, [...matchers, ...named])})`),
		)),
	];
	const first = async (metric: string, rowMatchers: readonly string[]): Promise<boolean> =>
		(await labelsNow(`topk(1, ${selector(metric, [...kubeletMatchers, ...rowMatchers])})`)).length > 0;
	const [hasGroups, hasResource] = await Promise.all([
		first(WORKING_SET, podGroupRows(labels)),
		first(POD_WORKING_SET, [`${labels.pod}!=""`]),
	]);
	return {
		labels,
		matchers: kubeletMatchers,
		hasNodeRows: nodes.length > 0,
		podRows: hasGroups ? 'groups' : hasResource ? 'resource' : undefined,
	};
}

/**
 * The label with the node's name: the one on most series, among those that a job has on all of its series or on none.
 * Jobs without it (a standalone cAdvisor) scrape the same machines again, so their targets are not further nodes.
 * `instance` is only the fallback, because it names targets.
 */
function nodeLabel(rows: readonly LabelSet[]): string {
	let best: {readonly label: string; readonly count: number} = {label: 'instance', count: 0};
	for (const label of NODE_LABELS) {
		const having = rows.filter(row => row[label]);
		const jobs = new Set(having.map(({job}) => job));
		const isOfWholeJobs = rows.every(row => row[label] || !jobs.has(row.job));
		if (label !== 'instance' && isOfWholeJobs && having.length > best.count) {
			best = {label, count: having.length};
		}
	}

	return best.label;
}

/** Matchers that exclude jobs other than the kubelets', which scrape the same machines again. */
async function matchersOfKubelets(
	rows: readonly LabelSet[],
	{node, namespace, pod, container}: LabelNames,
	podsOfJobs: (rowMatchers: readonly string[]) => Promise<readonly LabelSet[]>,
): Promise<readonly string[]> {
	if (!rows.every(row => row[node])) {
		return [`${node}!=""`];
	}

	const jobs = new Set(rows.map(({job}) => job ?? ''));
	if (node !== 'instance' || jobs.size < 2) {
		return [];
	}

	// Only the kubelet's series have pods.
	const named = [namespace, pod, container].map(label => `${label}!=""`);
	const kubeletJobs = new Set((await podsOfJobs(['image!=""', ...named])).map(({job}) => job ?? ''));
	const others = [...jobs].filter(job => !kubeletJobs.has(job));
	return others.length === 0 || others.length === jobs.size ? [] : [`job!~${promqlNames(others)}`];
}

function nameLabel(kind: keyof typeof NAME_LABELS, row: LabelSet | undefined): string {
	return NAME_LABELS[kind].find(label => row?.[label]) ?? kind;
}

function noContainerMetrics(origin: string, matchers: readonly string[]): KtopError {
	const where = matchers.length === 0 ? '' : ` with ${matchers.join(',')}`;
	return new KtopError({
		code: 'not-found',
		brief: 'no container metrics',
		message: `Prometheus ${origin} holds no container metrics${where}`,
		hint: `let it scrape /metrics/cadvisor of the kubelets, or ktop record write into it${where === '' ? '' : '; or check the matchers in --history'}`,
	});
}
