// What a store of 5,000 nodes, 150,000 pods and 300,000 containers holds: `npm run bench:memory`, or with the numbers of
// nodes and of pods a node as arguments. `--write` puts the table into README.md.
import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {KEPT_OF_NODE, SERIES_OF} from '../../source/metrics/model/series.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {writeTable} from './scale-table.ts';
import {largeCluster} from './views/large-cluster.ts';

const [nodes = 5000, podsANode = 30] = process.argv
	.slice(2)
	.filter(text => text !== '--write')
	.map(Number);
const INTERVAL_MS = 10_000;
/** 15 minutes. */
const CAPACITY = 91;
const READINGS = 3;
const CONTAINERS_A_POD = 2;
const LIVE: NodeState = {kind: 'live', route: parseRoute('summary'), latencyMs: 57, degraded: undefined};

type Held = {readonly heap: number; readonly arrays: number};

function held(): Held {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return {heap: heapUsed, arrays: arrayBuffers};
}

if (globalThis.gc === undefined) {
	throw new Error('run with node --expose-gc');
}

const empty = held();
const cluster = largeCluster(nodes, podsANode);
cluster.listPods();
const listed = held();
const store = new Store({
	capacity: CAPACITY,
	intervalMs: INTERVAL_MS,
	staleAfterMs: 3 * INTERVAL_MS,
	inventory: cluster.inventory,
	isAdvanced: true,
});
for (const id of cluster.nodeIds) {
	store.addNode(id, id);
}

let nowMs = Date.now();
for (let round = 0; round < READINGS; round++) {
	nowMs += INTERVAL_MS;
	for (const [node, id] of cluster.nodeIds.entries()) {
		// Each answer of a kubelet brings texts of its own.
		store.apply(id, [structuredClone(cluster.readingOf(node, nowMs))], LIVE);
	}

	store.advance(nowMs, () => true);
}

const full = held();
const rings = store.byteLength;
const series =
	nodes *
	(KEPT_OF_NODE.length +
		podsANode * (SERIES_OF.pod.length + CONTAINERS_A_POD * (SERIES_OF.container.length - 1)));
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const objects = nodes * (1 + podsANode * (1 + CONTAINERS_A_POD));
const lines = [
	`| ${nodes} nodes, ${nodes * podsANode} pods, ${nodes * podsANode * CONTAINERS_A_POD} containers | MiB | bytes an object |`,
	'| --- | ---: | ---: |',
	...(
		[
			['what the API server says of them', listed.heap - empty.heap],
			['their rows, names, and maps of them', full.heap - listed.heap],
			[
				'the counters that rates are taken from, and tables by slot',
				full.arrays - listed.arrays - rings - nodes * CAPACITY * 8,
			],
			[`their past, after ${READINGS} samples`, rings + nodes * CAPACITY * 8],
			[
				'their past of 15 minutes at 10 s: two bytes a value and eight a time',
				series * CAPACITY * 2 + nodes * CAPACITY * 8,
			],
		] as const
	).map(([what, bytes]) => `| ${what} | ${mib(bytes)} | ${Math.round(bytes / objects)} |`),
];
console.log(lines.join('\n'));
console.log(`heap ${mib(full.heap)} MiB after a collection, resident ${mib(process.memoryUsage().rss)} MiB`);
if (process.argv.includes('--write')) {
	writeTable('memory', () => lines.join('\n'));
}
