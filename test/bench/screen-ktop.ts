// One process with ktop's whole screen of 1,000 nodes at 200x60; each message makes a change, and the answer is what
// the frame that follows from it cost.
import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {FrameStream} from '../../source/ui/terminal/frame-stream.ts';
import {cpuReading, memoryReading, networkReading, nodeReading, reading} from '../metrics/readings.ts';
import {feedOf} from '../ui/feeds.ts';
import {cpuMsOf} from './settled-cpu.ts';
import {SilentScreen} from './silent-screen.ts';

const NODES = 1000;
const LIVE: NodeState = {kind: 'live', route: parseRoute('summary'), latencyMs: 57, degraded: undefined};
const STEP_MS = 10_000;

/** Keys that move the selection by one row and stay on the screen. */
const KEYS = [...'j'.repeat(40), ...'k'.repeat(40)];

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

const screen = new SilentScreen();
const {stdin, stdout} = screen;
screen.start(feed);

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
