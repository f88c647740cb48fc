import {KtopError} from '../../metrics/failure.ts';
import type {PrometheusClient} from './client.ts';
import {ROOT, selector, WORKING_SET} from './expressions.ts';
import {type LabelOptions, NAME_LABELS, NODE_LABELS} from './labels.ts';
import type {LabelSet} from './query-result.ts';
import type {PrometheusSchema} from './schema.ts';

/** As far as any window reaches back. */
const PAST_MS = 8 * 86_400_000;

/**
 * Finds the labels, those that are given aside: by the nodes' rows and the largest container of now, and where there is
 * neither by the nodes of the last days. Throws `KtopError` (`not-found`) where there is nothing of cAdvisor's.
 */
export async function probeSchema(
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

	return {
		labels: {
			node: given.node ?? NODE_LABELS.find(label => rows.every(row => row[label])) ?? 'instance',
			namespace: given.namespace ?? nameLabel('namespace', container),
			pod: given.pod ?? nameLabel('pod', container),
			container: given.container ?? nameLabel('container', container),
		},
		matchers,
		hasNodeRows: nodes.length > 0,
	};
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
