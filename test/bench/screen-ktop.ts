// One process with ktop's whole screen of 1,000 nodes at 200x60; each message makes a change, and the answer is what
// the frame that follows from it cost.
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {startScreen} from '../../source/ui/start-screen.tsx';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {FrameStream} from '../../source/ui/terminal/frame-stream.ts';
import {cpuReading, memoryReading, networkReading, nodeReading, reading} from '../metrics/readings.ts';
import {feedOf} from '../ui/feeds.ts';
import {cpuMsOf} from './settled-cpu.ts';

const NODES = 1000;
const LIVE: NodeState = {kind: 'live', route: parseRoute('summary'), latencyMs: 57, degraded: undefined};
const STEP_MS = 10_000;

/** Keys that move the selection by one row and stay on the screen. */
const KEYS = [...'j'.repeat(40), ...'k'.repeat(40)];

/** A terminal that takes everything and shows nothing. */
class FakeTerminal extends EventEmitter {
	readonly columns = 200;
	readonly rows = 60;
	readonly isTTY = true;
	readonly writable = true;
	written = 0;

	readonly write = (text: string, done?: unknown): boolean => {
		this.written += text.length;
		if (typeof done === 'function') {
			done();
		}

		return true;
	};
}

let nowMs = 1_800_000_000_000;
const store = new Store({capacity: 91, staleAfterMs: 30_000});
for (let node = 0; node < NODES; node++) {
	store.addNode(`node-${node}`, `node-${String(node).padStart(4, '0')}`);
}

function readingOf(node: number) {
	const timeMs = nowMs;
	const wave = Math.abs(Math.sin(timeMs / 60_000 + node));
	return reading(timeMs, {
		node: nodeReading({
			cpu: cpuReading({timeMs, usageCores: wave * 16}),
			memory: memoryReading({timeMs, workingSetBytes: (0.3 + wave / 2) * 2 ** 36, rssBytes: wave * 2 ** 35}),
			network: networkReading({timeMs, rxBytes: timeMs * (1 + node), txBytes: (timeMs * (1 + node)) / 2}),
			cpuCapacityCores: 16,
			memoryCapacityBytes: 2 ** 36,
		}),
	});
}

function readAll(): void {
	nowMs += STEP_MS;
	for (let node = 0; node < NODES; node++) {
		store.apply(`node-${node}`, [readingOf(node)], LIVE);
	}
}

for (let round = 0; round < 40; round++) {
	readAll();
}

const feed = feedOf(store, {now: () => nowMs, label: () => `${NODES} kubelets`});

/** The frame as Ink hands it to the painter. */
let frame = '';
const {write} = FrameStream.prototype;
FrameStream.prototype.write = function (this: FrameStream, text, done) {
	frame = text.includes('\n') ? text : frame;
	return write.call(this, text, done);
};

const stdin = Object.assign(new PassThrough(), {setRawMode: () => {}, isTTY: true});
const stdout = new FakeTerminal();
void startScreen(feed, {
	stdin: stdin as unknown as NodeJS.ReadStream,
	stdout: stdout as unknown as NodeJS.WriteStream,
	level: 'nodes',
	sort: undefined,
	filter: undefined,
	namespaces: undefined,
	theme: 'terminal',
	colors: '16',
	charts: 'lines',
	hasMouse: false,
	isSpoken: false,
	multiplexer: undefined,
	memory: NO_MEMORY,
	remember: () => {},
	symbols: 'unicode',
});

let pressed = 0;

/** Prepares a change of that kind, uncounted; returns what makes it. */
function changeOf(kind: string): () => void {
	if (kind === 'nodes') {
		readAll();
		return feed.change;
	}

	const key = KEYS[pressed++ % KEYS.length];
	return () => stdin.write(key);
}

process.on('message', async (kind: string) => {
	const before = stdout.written;
	const change = changeOf(kind);
	const cpuMs = await cpuMsOf(change);
	if (stdout.written === before) {
		throw new Error('nothing was written');
	}

	process.send?.({cpuMs, frame});
});
