import {KtopError} from '../../metrics/model/failure.ts';
import type {PrometheusClient} from './client.ts';
import {POD_WORKING_SET, podGroupRows, ROOT, selector, WORKING_SET} from './expressions.ts';
import {type LabelNames, type LabelOptions, NAME_LABELS, NODE_LABELS} from './label-names.ts';
import type {LabelSet} from './query-result.ts';
import {promqlNames} from './quote.ts';
import type {PrometheusSchema} from './schema.ts';

/** As far as any window reaches back. */
const PAST_MS = 8 * 86_400_000;

/**
 * Finds the labels, those that are given aside: by the nodes' rows and the largest container of now, and where there is
 * neither by the nodes of the last days. Throws `KtopError` (`not-found`) where there is nothing of cAdvisor's.
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
			// The largest row with an image is of a container and not of a sandbox.
			labelsNow(`topk(1, ${selector(WORKING_SET, [...matchers, 'image!=""', `${label}!=""`])})`),
		),
	]);
	const container = containersNow.flat()[0];
	const nodes =
		rootsNow.length > 0 || container !== undefined
			? rootsNow
			: await client.labelSets(roots, {startMs: nowMs - PAST_MS, endMs: nowMs}, signal);
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
	const ofKubelets = [
		...matchers,
		...(await kubeletsAlone(rows, labels, named =>
			labelsNow(`count by (job) (${selector(WORKING_SET, [...matchers, ...named])})`),
		)),
	];
	const first = async (metric: string, rowMatchers: readonly string[]): Promise<boolean> =>
		(await labelsNow(`topk(1, ${selector(metric, [...ofKubelets, ...rowMatchers])})`)).length > 0;
	const [hasGroups, hasResource] = await Promise.all([
		first(WORKING_SET, podGroupRows(labels)),
		first(POD_WORKING_SET, [`${labels.pod}!=""`]),
	]);
	return {
		labels,
		matchers: ofKubelets,
		hasNodeRows: nodes.length > 0,
		podRows: hasGroups ? 'groups' : hasResource ? 'resource' : undefined,
	};
}

/**
 * The label that names the nodes: one that all rows of a job have or none, and most rows of those. Jobs without it
 * scrape the same machines once more (a cAdvisor of its own), whose targets are no further nodes. `instance` names
 * targets, so that it serves only where there is nothing else.
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

/** Matchers that leave out the rows of jobs that scrape the kubelets' machines by other means. */
async function kubeletsAlone(
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

	// Where targets pass for nodes, a kubelet is what knows of pods.
	const named = [namespace, pod, container].map(label => `${label}!=""`);
	const ofKubelets = new Set((await podsOfJobs(['image!=""', ...named])).map(({job}) => job ?? ''));
	const others = [...jobs].filter(job => !ofKubelets.has(job));
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
		hint: `let it scrape /metrics/cadvisor of the kubelets${where === '' ? '' : ', or check the matchers in --history'}`,
	});
}
