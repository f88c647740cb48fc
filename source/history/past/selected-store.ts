import type {HistoryPoint, MomentEntry, SeriesRequest} from '../store/history-request.ts';
import {subjectKey} from '../store/history-request.ts';
import type {HistoryStore} from '../store/history-store.ts';

/** What `--node` and `--selector` leave of a cluster; undefined fields leave everything. */
export type SelectedObjects = {
	readonly nodeName: string | undefined;
	/** The pods (`namespace/name`) that a label selector leaves, by the API server: stores keep no labels. */
	readonly podNames: (() => ReadonlySet<string>) | undefined;
};

/** A store as if it had nothing but the objects that are selected. */
export function selectedStore(store: HistoryStore, {nodeName, podNames}: SelectedObjects): HistoryStore {
	if (nodeName === undefined && podNames === undefined) {
		return store;
	}

	return {
		label: store.label,
		...(store.isOfPastAlone === undefined ? {} : {isOfPastAlone: store.isOfPastAlone}),
		probe: signal => store.probe(signal),
		async series(request, signal) {
			switch (request.kind) {
				// Its sums are of other pods, too.
				case 'namespace':
					return new Map();
				case 'cluster':
					return nodeName === undefined
						? store.series(request, signal)
						: sumOfOne(request, nodeName, asked => store.series(asked, signal));
				default:
					return store.series(request, signal);
			}
		},
		async moment(request, signal) {
			const nodes = nodeName === undefined ? request.nodes : [nodeName];
			const entries = await store.moment({...request, nodes}, signal);
			const names = podNames?.();
			return entries.filter(
				entry =>
					(nodeName === undefined || entry.node === nodeName) &&
					(names === undefined || isOfPods(entry, names)),
			);
		},
		close: () => store.close(),
	};
}

/** The sum of all nodes is the series of the only one. */
async function sumOfOne(
	request: SeriesRequest,
	nodeName: string,
	ask: (request: SeriesRequest) => Promise<ReadonlyMap<string, readonly HistoryPoint[]>>,
): Promise<ReadonlyMap<string, readonly HistoryPoint[]>> {
	const node = {kind: 'node', name: nodeName} as const;
	const points = (await ask({...request, kind: 'node', subjects: [node]})).get(subjectKey(node));
	return new Map(points === undefined ? [] : [[subjectKey({kind: 'cluster'}), points]]);
}

function isOfPods({subject}: MomentEntry, names: ReadonlySet<string>): boolean {
	switch (subject.kind) {
		case 'pod':
			return names.has(`${subject.namespace}/${subject.name}`);
		case 'container':
			return names.has(`${subject.namespace}/${subject.pod}`);
		default:
			return true;
	}
}
