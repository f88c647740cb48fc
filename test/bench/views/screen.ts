// One process with ktop's whole screen at 200x60 of a large cluster: how long keys take until their frame is written, and
// how long the event loop is held up.
import {setImmediate, setTimeout} from 'node:timers/promises';
import {Publisher, pauseFor} from '../../../source/commands/publisher.ts';
import {boundHeaps, inlineLess} from '../../../source/commands/v8-flags.ts';
import {ShortTurns} from '../../../source/http/short-turns.ts';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../../source/metrics/model/route.ts';
import {publishedSource} from '../../../source/metrics/store/published-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {ThresholdWatch} from '../../../source/metrics/store/threshold-watch.ts';
import {feedOf} from '../../ui/feeds.ts';
import {percentile} from '../key-latencies.ts';
import {SilentScreen} from '../silent-screen.ts';
import {largeCluster} from './large-cluster.ts';
import {TurnProbe} from './turns.ts';

const [nodes = 5000, podsANode = 30] = process.argv
	.slice(2)
	.filter(text => !text.startsWith('--'))
	.map(Number);
const isPolling = process.argv.includes('--polling');
const only = process.argv.find(text => text.startsWith('--only='))?.slice('--only='.length) ?? '';
const isEachSaid = process.argv.includes('--keys');
const INTERVAL_MS = 10_000;
const CAPACITY = 13;
const REST_MS = 5000;
const LIVE: NodeState = {kind: 'live', route: parseRoute('summary'), latencyMs: 57, degraded: undefined};

const lines: string[] = [];
const say = (line: string): void => {
	lines.push(line);
	process.stderr.write(`${line}\n`);
};
const row = (
	name: string,
	values: readonly number[],
	turns: Awaited<ReturnType<TurnProbe['take']>>,
): void => {
	const {longestMs, longestWithoutMs, longestPauseMs} = turns;
	const keys = [0.5, 0.95, 1].map(share => (values.length === 0 ? '' : percentile(values, share).toFixed(1)));
	const lengths = [longestMs, longestWithoutMs, longestPauseMs].map(ms => ms.toFixed(0));
	say(`| ${[name, values.length || '', ...keys, ...lengths].join(' | ')} |`);
};

inlineLess();
boundHeaps(() => nodes);
const cluster = largeCluster(nodes, podsANode);
// What the rig has loaded and made until now is no turn of ktop.
await setTimeout(1000);
const store = new Store({
	capacity: CAPACITY,
	staleAfterMs: 3 * INTERVAL_MS,
	inventory: cluster.inventory,
	isAdvanced: true,
});
const watch = new ThresholdWatch();
const startedMs = Date.now();
const publisher = new Publisher(
	() => store.version,
	() => pauseFor(store.nodeCount, INTERVAL_MS, Date.now() - startedMs),
	hasTime => {
		const nowMs = Date.now();
		return store.advance(nowMs, hasTime) && watch.advance(store.watchedNodes(nowMs), nowMs, hasTime);
	},
);
const screen = new SilentScreen();
const {stdin, stdout} = screen;
const startScreenOfStore = (): void => {
	const feed = feedOf(store, {
		source: publishedSource(
			() => store,
			() => publisher.version,
		),
		subscribe: listener => publisher.subscribe(listener),
		now: Date.now,
		hasInventory: () => true,
		events: () => watch.events(),
	});
	screen.start(feed);
};

const read = (node: number): void => {
	const id = cluster.nodeIds[node] ?? '';
	store.apply(id, [cluster.readingOf(node, Date.now())], LIVE);
	const watched = store.watchedNode(id);
	if (watched !== undefined) {
		watch.feedOne(watched, Date.now());
	}

	publisher.changed();
};

async function readSome(count: number): Promise<void> {
	for (let node = 0; node < count; node++) {
		read(node);
		await setImmediate();
	}
}

/** Reads as many nodes a second as an interval asks for, and replaces 50 pods a second. */
function poll(): () => void {
	let next = 0;
	const sinceMs = performance.now();
	const timer = setInterval(() => {
		const due = ((performance.now() - sinceMs) / INTERVAL_MS) * nodes;
		for (let burst = 0; next < due && burst < 8; burst++) {
			read(next % nodes);
			next++;
		}
	}, 5);
	const churn = setInterval(() => {
		cluster.churn(5);
		publisher.changed();
	}, 100);
	return () => {
		clearInterval(timer);
		clearInterval(churn);
	};
}

const isPending = (): boolean => store.prepare(() => false) === 'view';

/** The CPU time so far when the next frame is written; undefined if there is none for some time. */
async function nextFrame(mostMs: number): Promise<number | undefined> {
	return Promise.race([
		new Promise<number>(resolve => {
			stdout.once('frame', () => resolve(probe.busyMs));
		}),
		setTimeout(mostMs, undefined, {ref: false}),
	]);
}

/** Milliseconds of CPU time from each key to the frame with the rows that it asks for; keys that change nothing are left out. */
async function press(keys: readonly string[], mostMs = 2000): Promise<number[]> {
	const latencies: number[] = [];
	for (const key of keys) {
		await setTimeout(20 + Math.random() * 20);
		const pressedMs = performance.now();
		const before = probe.busyMs;
		stdin.write(key);
		let framed = await nextFrame(mostMs);
		// Rows as they were, and a word that says so: what counts is the frame with the new ones.
		while (framed !== undefined && isPending() && performance.now() - pressedMs < mostMs) {
			framed = await nextFrame(mostMs);
		}

		if (framed !== undefined) {
			latencies.push(framed - before);
			if (isEachSaid) {
				const pauses = (await probe.pausesSince(pressedMs)).map(ms => ` ${ms.toFixed(1)}`).join('');
				const ms = (framed - before).toFixed(1);
				process.stderr.write(`${JSON.stringify(key)}: ${ms} ms${pauses && `, collections of${pauses}`}\n`);
			}
		}
	}

	return latencies;
}

/** Until what is likely to be asked for next is ready, as some seconds after a table was opened. */
async function rest(): Promise<void> {
	const sinceMs = performance.now();
	do {
		await setTimeout(300);
	} while (store.prepare(() => false) !== 'nothing' && performance.now() - sinceMs < REST_MS);
}

const probe = new TurnProbe();
const ESCAPE = '\u001B';
const RIGHT = '\u001B[C';
const LEFT = '\u001B[D';
const repeat = (times: number, ...keys: string[]): string[] => Array.from({length: times}, () => keys).flat();

say(`${nodes} nodes, ${nodes * podsANode} pods, ${nodes * podsANode * 2} containers`);
say('| what | keys | p50 ms | p95 ms | slowest | longest turn | without collection | longest pause |');
say('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
// As a session does it.
const turns = new ShortTurns();
for (const id of cluster.nodeIds) {
	store.addNode(id, id);
	await turns.rest();
}

startScreenOfStore();
publisher.changed();
await setTimeout(1500);
row('nodes listed, first frame', [], await probe.take());
cluster.listPods();
// A turn of the rig: lists come in pages.
await setImmediate();
await probe.take();
publisher.changed();
await setTimeout(3000);
row('pods listed, no node read (first join)', [], await probe.take());
await press(['3']);
await setTimeout(1000);
row('their containers shown', [], await probe.take());
await press(['1']);
const readMs = performance.now();
await readSome(nodes);
await setTimeout(3000);
row(
	`all nodes read once, ${((performance.now() - readMs) / nodes).toFixed(2)} ms each`,
	[],
	await probe.take(),
);
await readSome(nodes);
await setTimeout(3000);
await probe.take();

const TYPED = ['/', ...'checkout-1', '-', ...repeat(3, '\u007F'), ESCAPE];
const ACTIONS: ReadonlyArray<readonly [string, readonly string[], readonly string[]]> = [
	['containers: table opened', [], repeat(20, '3', '1')],
	['containers: sort changed', ['3'], repeat(6, 'm', 'c', 'r', '>', '>', '>', '>')],
	['containers: sort by text changed', ['3', 'c', '<'], repeat(3, ...repeat(6, '<'), ...repeat(6, '>'))],
	['containers: filter typed, one letter each', ['3', 'c'], repeat(3, ...TYPED)],
	['containers: another filter typed', ['3', 'c'], repeat(3, '/', ...'proxy team-7', ESCAPE)],
	['containers: selection moved', ['3', 'c'], repeat(6, 'j', 'j', 'k', '\u001B[6~', 'G', 'k', 'g')],
	['pods: sort changed', ['2'], repeat(8, 'm', 'c', 'r', '>', '>')],
	['pods: filter typed, one letter each', ['2', 'c'], repeat(3, ...TYPED)],
	['tree: shown, rows opened and folded', ['5'], repeat(6, RIGHT, 'j', RIGHT, LEFT, LEFT, LEFT, 'j')],
	['tree: filter typed', ['5'], TYPED],
	['workloads: shown', ['1'], repeat(20, '6', '1')],
	['workloads: sort changed', ['6'], repeat(13, 'm', 'c', 'r')],
	['namespaces: shown', ['1'], repeat(20, '4', '1')],
	['namespaces: statistics', ['4', 'u'], repeat(10, '>', '>', '<', '<')],
	['workloads: statistics', ['6'], repeat(10, '>', '>', '<', '<')],
	['problems: shown', ['u', '1'], repeat(20, '!', '1')],
	['problems: filter typed', ['!'], ['/', ...'memory team-7', ESCAPE]],
	['containers: rows marked', ['3', 'c'], repeat(8, 'x', 'x', 'j', 'x', 'x')],
	['containers: sort changed below a marked row', ['x'], repeat(20, 'm', 'c')],
	['pods in groups of namespaces', ['x', '2'], repeat(2, 'b', 'b')],
	['paused and live again', ['3', 'c'], repeat(10, ' ', ' ')],
	['paused: containers sorted and filtered', [' '], repeat(4, 'm', 'c', '/', ...'proxy', ESCAPE)],
	['paused: other tables', [], ['2', '4', '6', '5', '1']],
	['one namespace: pods', [' ', '4'], repeat(20, '\r', ESCAPE)],
	['time cursor: back and forth', ['3', 'c'], ['[', ...repeat(10, '[', ']')]],
	['time cursor: live again', ['L', '3', 'c'], repeat(5, '[', 'L')],
	[
		'time cursor: containers sorted and filtered',
		['3', 'c', '['],
		repeat(4, 'm', 'c', '/', ...'proxy', ESCAPE),
	],
	['time cursor: other tables', [], ['2', '4', '6', '5', '1']],
];

const LEVELS = [
	['1', 'nodes'],
	['3', 'containers'],
	['6', 'workloads'],
] as const;

const stop = isPolling ? poll() : () => {};
await setTimeout(isPolling ? 4000 : 100);
await probe.take();
for (const [name, before, keys] of ACTIONS.filter(([name]) => name.includes(only))) {
	if (name.startsWith('time cursor: back') && !isPolling) {
		// Else all samples are stale by now.
		await readSome(nodes);
		await setTimeout(3000);
	}

	await press(before);
	await rest();
	await probe.take();
	row(name, await press(keys), await probe.take());
	await press([ESCAPE], 100);
}

await press([' ', 'L'], 500);
for (const [level, name] of LEVELS) {
	await press([level], 500);
	await setTimeout(500);
	await probe.take();
	if (!isPolling) {
		await readSome(nodes / 5);
	}

	await setTimeout(4000);
	row(`${name} shown, publishes`, [], await probe.take());
}

stop();

console.log(lines.join('\n'));
process.exit(0);
