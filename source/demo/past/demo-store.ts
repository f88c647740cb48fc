import {
	type HistoryPoint,
	type HistoryRange,
	type HistorySubject,
	type MomentEntry,
	type MomentRequest,
	type PastValue,
	subjectKey,
} from '../../history/store/history-request.ts';
import type {HistoryStore} from '../../history/store/history-store.ts';
import {boundedRange, MAX_SUBJECTS} from '../../history/store/query-bounds.ts';
import type {SeriesName} from '../../metrics/model/row.ts';
import {bornAt, type ClusterModel, createCluster, type DemoOptions} from '../model/cluster.ts';
import {type Meters, metersOfContainer, metersOfNode, metersOfPod} from './meters.ts';

/** The largest cluster with a past: it is computed in ktop's own process, which a frame must not wait for. */
const MOST = {nodes: 50, pods: 500};

/** Rates of a moment are over the kubelet's interval. */
const MOMENT_MS = 10_000;

/** The least time for a rate: the current step may have begun just now. */
const LEAST_RATE_MS = 1000;

/** An object of the cluster; the meters of a sum are those of its parts. */
type Measured = {readonly subject: HistorySubject; readonly node: string; readonly meters: Meters};

/**
 * What a store would have kept of the simulated cluster: its state is a function of the time, so the past is computed when it
 * is asked for. Nodes that cannot be read now could not be read then. Undefined for a cluster that is too large.
 */
export function demoStore(options: DemoOptions, now: () => number = Date.now): HistoryStore | undefined {
	if (options.nodes > MOST.nodes || options.pods > MOST.pods) {
		return undefined;
	}

	let known: Kept | undefined;
	const kept = (): Kept => {
		known ??= keep(createCluster(options, bornAt(now())));
		return known;
	};
	return {
		label: 'demo',
		isOfPastAlone: true,
		probe: async () => ({name: 'simulated'}),
		async series({kind, series, subjects, range}) {
			const bounded = boundedRange(range);
			return new Map(
				subjects
					.filter(subject => subject.kind === kind)
					.slice(0, MAX_SUBJECTS)
					.map(
						subject =>
							[subjectKey(subject), pointsOf(kept().metersOf(subject), series, bounded, now())] as const,
					)
					.filter(([, points]) => points.length > 0),
			);
		},
		moment: async request => kept().objects[request.kind].flatMap(one => entriesOf(one, request)),
		close: async () => {},
	};
}

type Kept = {
	readonly objects: Readonly<Record<MomentRequest['kind'], readonly Measured[]>>;
	/** Those of its parts, for a sum. */
	readonly metersOf: (subject: HistorySubject) => readonly Meters[];
};

function keep({nodeNames, faults, node: nodeOf}: ClusterModel): Kept {
	const nodes: Measured[] = [];
	const pods: Measured[] = [];
	const containers: Measured[] = [];
	for (const name of nodeNames) {
		const node = nodeOf(name);
		const fault = faults.get(name);
		if (node === undefined || fault === 'hung' || fault === 'forbidden') {
			continue;
		}

		const isFull = fault !== 'resource-only';
		nodes.push({subject: {kind: 'node', name}, node: name, meters: metersOfNode(node, isFull)});
		for (const pod of node.pods) {
			const {namespace, name: podName} = pod;
			pods.push({
				subject: {kind: 'pod', namespace, name: podName},
				node: name,
				meters: metersOfPod(pod, isFull),
			});
			for (const one of pod.containers) {
				containers.push({
					subject: {kind: 'container', namespace, pod: podName, name: one.name},
					node: name,
					meters: metersOfContainer(one, isFull),
				});
			}
		}
	}

	const byKey = new Map(
		[...nodes, ...pods, ...containers].map(({subject, meters}) => [subjectKey(subject), [meters]]),
	);
	return {
		objects: {node: nodes, pod: pods, container: containers},
		metersOf(subject) {
			switch (subject.kind) {
				case 'cluster':
					return nodes.map(({meters}) => meters);
				case 'namespace':
					return pods
						.filter(({subject: pod}) => pod.kind === 'pod' && pod.namespace === subject.name)
						.map(({meters}) => meters);
				default:
					return byKey.get(subjectKey(subject)) ?? [];
			}
		},
	};
}

/** The last step ends now. */
function pointsOf(
	meters: readonly Meters[],
	series: SeriesName,
	{startMs, endMs, stepMs}: HistoryRange,
	nowMs: number,
): readonly HistoryPoint[] {
	const points: HistoryPoint[] = [];
	for (let timeMs = startMs; timeMs < Math.min(endMs, nowMs); timeMs += stepMs) {
		const untilMs = Math.min(timeMs + stepMs, nowMs);
		const values = meters
			.map(one => meanOf(one, series, timeMs, untilMs))
			.filter(value => value !== undefined);
		if (values.length > 0) {
			points.push({timeMs, value: values.reduce((sum, value) => sum + value, 0)});
		}
	}

	return points;
}

const VALUES: readonly SeriesName[] = [
	'cpuCores',
	'memoryWorkingSetBytes',
	'memoryRssBytes',
	'rxBytesPerSecond',
	'txBytesPerSecond',
	'filesystemUsedBytes',
	'throttledRatio',
];

function entriesOf({subject, node, meters}: Measured, {atMs, nodes}: MomentRequest): readonly MomentEntry[] {
	if (nodes?.includes(node) === false) {
		return [];
	}

	const values: Partial<Record<PastValue, number>> = {};
	for (const name of VALUES) {
		const value = meanOf(meters, name, atMs - MOMENT_MS, atMs);
		if (value !== undefined) {
			values[name] = value;
		}
	}

	return Object.keys(values).length === 0 ? [] : [{subject, node, timeMs: atMs, values}];
}

/** The mean rate, or the amount in the middle. */
function meanOf(meters: Meters, series: SeriesName, fromMs: number, untilMs: number): number | undefined {
	if (fromMs < meters.startMs) {
		return undefined;
	}

	const middleMs = (fromMs + untilMs) / 2;
	const rateOf = (amount: ((timeMs: number) => number) | undefined): number | undefined =>
		amount === undefined || untilMs - fromMs < LEAST_RATE_MS
			? undefined
			: ((amount(untilMs) - amount(fromMs)) * 1000) / (untilMs - fromMs);
	const {traffic} = meters;
	switch (series) {
		case 'cpuCores':
			return rateOf(meters.cpuSeconds);
		case 'memoryWorkingSetBytes':
			return meters.memory(middleMs)?.workingSetBytes;
		case 'memoryRssBytes':
			return meters.memory(middleMs)?.rssBytes;
		case 'rxBytesPerSecond':
			return rateOf(traffic && (timeMs => traffic(timeMs).rxBytes));
		case 'txBytesPerSecond':
			return rateOf(traffic && (timeMs => traffic(timeMs).txBytes));
		case 'filesystemUsedBytes':
			return meters.diskUsedBytes?.(middleMs);
		case 'throttledRatio':
			return rateOf(meters.throttledSeconds);
	}
}
