import {getEventListeners} from 'node:events';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {ScrapedNodes} from '../../source/connect/scraped-nodes.ts';
import type {PodInfo} from '../../source/metrics/model/inventory.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {ThresholdWatch} from '../../source/metrics/store/threshold-watch.ts';
import {kubeletTarget} from '../../source/scrape/kubelet/target.ts';
import {failedOnce, liveState} from '../../source/scrape/outcome.ts';
import type {Target} from '../../source/scrape/target.ts';
import {visit} from '../../source/scrape/visit.ts';
import {startServer} from '../http/test-server.ts';
import {inventoryOf, nodeInfo, podInfo} from '../metrics/inventories.ts';

const NODES = 6;
const PODS_A_NODE = 20;
const INTERVAL_MS = 10_000;
const WINDOW_MS = 15 * 60_000;
const ROUNDS_AN_HOUR = 3_600_000 / INTERVAL_MS;

/** A node is added anew, with new connections, once in so many rounds. */
const RECONNECT_ROUNDS = 25;

/** Until the window is full, and the engine has compiled what is hot: from then on nothing has a reason to grow. */
const WARM_UP_ROUNDS = ROUNDS_AN_HOUR;

/** As many as an inventory remembers. */
const LOGGED_CHANGES = 10_000;

/** A kubelet answers with an error once in so many scrapes. */
const FAILURE_SCRAPES = 50;

/** What a process holds at one time. */
type Held = {
	/** After a garbage collection. */
	readonly heapBytes: number;
	readonly arrayBytes: number;
	/** Sockets, timers and other resources of the event loop. */
	readonly handles: number;
	/** On the signal that ends all scrapes. */
	readonly listeners: number;
};

export type Uptime = {
	readonly scrapes: number;
	readonly failures: number;
	readonly podsReplaced: number;
	readonly connections: number;
	/** Evenly spread over the time after the warm-up. */
	readonly held: readonly Held[];
};

type Pod = {readonly name: string; readonly startMs: number};

/**
 * Hours of churn in compressed time: the clock is a value, and everything else is real. Kubelets are scraped over HTTP,
 * decoded, joined with an inventory, and looked at as a screen does; pods are replaced, scrapes fail, and nodes are reached anew.
 */
export async function liveThrough(hours: number, samples = 24): Promise<Uptime> {
	let nowMs = Date.UTC(2026, 0, 1);
	const pods = new Map<string, Pod[]>();
	const inventory = inventoryOf([], []);
	let created = 0;
	const infoOf = (node: string, {name, startMs}: Pod): PodInfo =>
		podInfo(name, {nodeName: node, createdAtMs: startMs});
	const create = (node: string): Pod => {
		const pod = {name: `pod-${created++}`, startMs: nowMs};
		inventory.putPod(infoOf(node, pod));
		return pod;
	};
	let scrapes = 0;
	const server = await startServer((request, response) => {
		const [, node = '', path = ''] = (request.url ?? '').split('/');
		scrapes++;
		if (path !== 'stats' || scrapes % FAILURE_SCRAPES === 0) {
			response.writeHead(500).end('busy');
		} else {
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(JSON.stringify(summaryOf(node, pods.get(node) ?? [], nowMs)));
		}
	});
	const targetOf = (name: string): Target =>
		kubeletTarget({url: `${server.origin}/${name}`, name, now: () => nowMs});
	const store = new Store({
		capacity: Math.ceil(WINDOW_MS / INTERVAL_MS) + 1,
		staleAfterMs: 3 * INTERVAL_MS,
		inventory,
	});
	const watch = new ThresholdWatch();
	const nodes = new ScrapedNodes({store});
	const names = Array.from({length: NODES}, (_, index) => `node-${index}`);
	for (const name of names) {
		inventory.putNode(nodeInfo(name));
		pods.set(
			name,
			Array.from({length: PODS_A_NODE}, () => create(name)),
		);
	}

	// The log of changes is bounded, and would fill for hours.
	for (let change = 0; change < LOGGED_CHANGES; change++) {
		inventory.removePod(`uid-before-${change}`);
	}

	const targets = names.map(targetOf);
	nodes.update({added: targets, removed: []});
	const end = new AbortController();
	const rounds = Math.round(hours * ROUNDS_AN_HOUR);
	const warmUp = Math.min(WARM_UP_ROUNDS, Math.floor(rounds / 3));
	// At the same phase of all nodes' connections: new ones have empty rings, and other phases would look like growth.
	const phases = Math.max(Math.floor((rounds - warmUp) / samples / RECONNECT_ROUNDS), 1);
	const every = phases * RECONNECT_ROUNDS;
	const held: Held[] = [];
	let failures = 0;
	try {
		for (let round = 0; round <= rounds; round++) {
			nowMs += INTERVAL_MS;
			for (const [index, name] of names.entries()) {
				const there = pods.get(name) ?? [];
				const gone = there.shift();
				if (gone !== undefined) {
					inventory.removePod(infoOf(name, gone).uid);
					there.push(create(name));
				}

				if ((round + index) % RECONNECT_ROUNDS === 0) {
					const again = targetOf(name);
					nodes.update({added: [again], removed: [again.id]});
				}
			}

			for (const target of nodes.targets) {
				try {
					const scrape = await visit(target, {timeoutMs: 60_000, signal: end.signal});
					nodes.onScrape(target, scrape, liveState(scrape));
				} catch (error) {
					failures++;
					nodes.onFailure(
						target,
						failedOnce({code: 'server-error', brief: 'failed', message: String(error), hint: ''}, nowMs),
					);
				}
			}

			look(store, watch, nowMs);
			if (round >= warmUp && (round - warmUp) % every === 0) {
				held.push(await hold(end.signal));
			}
		}
	} finally {
		await nodes.close();
		await server.close();
	}

	return {
		scrapes,
		failures,
		podsReplaced: created - NODES * PODS_A_NODE,
		connections: server.connections(),
		held,
	};
}

/** The slope of the least squares line through evenly spread values, over their whole length. */
export function growthOf(values: readonly number[]): number {
	const middle = (values.length - 1) / 2;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	let above = 0;
	let below = 0;
	for (const [index, value] of values.entries()) {
		above += (index - middle) * (value - mean);
		below += (index - middle) ** 2;
	}

	return below === 0 ? 0 : (above / below) * (values.length - 1);
}

/** Each table, the past of its first rows, sums and events. */
function look(store: Store, watch: ThresholdWatch, nowMs: number): void {
	watch.feed(store.watchedNodes(nowMs), nowMs);
	const window = {points: 60, stepMs: WINDOW_MS / 60, endMs: nowMs};
	for (const level of ['nodes', 'pods', 'containers', 'namespaces'] as const) {
		const sort = {column: 'cpu', isDescending: true};
		for (const row of store.view({level, sort}, 'live', nowMs).rows.slice(0, 5)) {
			store.history(row, 'cpuCores', window);
		}
	}

	store.cluster('live', nowMs);
	store.clusterHistory('memoryWorkingSetBytes', window);
	store.counts(undefined, 'live', nowMs);
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

async function hold(signal: AbortSignal): Promise<Held> {
	// Sockets of targets that were closed end in later turns.
	for (let turn = 0; turn < 3; turn++) {
		await new Promise(resolve => setTimeout(resolve, 5));
		if (typeof collectGarbage === 'function') {
			collectGarbage();
		}
	}

	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return {
		heapBytes: heapUsed,
		arrayBytes: arrayBuffers,
		handles: process.getActiveResourcesInfo().length,
		listeners: getEventListeners(signal, 'abort').length,
	};
}

function summaryOf(nodeName: string, pods: readonly Pod[], nowMs: number): unknown {
	const time = new Date(nowMs).toISOString();
	const usage = (startMs: number, cores: number) => ({
		startTime: new Date(startMs).toISOString(),
		cpu: {
			time,
			usageNanoCores: cores * 1e9,
			usageCoreNanoSeconds: Math.round(cores * 1e6 * (nowMs - startMs)),
		},
		memory: {time, workingSetBytes: Math.round(cores * 2 ** 30), rssBytes: Math.round(cores * 2 ** 29)},
	});
	return {
		node: {nodeName, ...usage(Date.UTC(2025, 11, 31), 2 + Math.sin(nowMs / 1e6))},
		pods: pods.map(({name, startMs}, index) => ({
			podRef: {name, namespace: 'shop', uid: `uid-${name}`},
			...usage(startMs, 0.1 + index / 100),
			containers: [{name: 'app', ...usage(startMs, 0.1 + index / 100)}],
		})),
	};
}
