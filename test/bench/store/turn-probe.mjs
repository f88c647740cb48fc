// Loaded into ktop by --import: writes the longest turn of its event loop, in milliseconds of CPU time of the main thread,
// into the file that KTOP_TURNS names, for each 100 ms. A turn is at most some ticks longer than it was.
import {appendFileSync, openSync, readSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';

const TICK_MS = 2;
const EVERY_MS = 100;
const file = process.env.KTOP_TURNS;

if (isMainThread && file !== undefined) {
	const schedstat = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
	const stat = Buffer.alloc(64);
	const cpuMs = () => {
		const length = readSync(schedstat, stat, 0, stat.length, 0);
		return Number(stat.toString('latin1', 0, length).split(' ', 1)[0]) / 1e6;
	};
	let last = cpuMs();
	let longest = 0;
	let saidMs = Date.now();
	setInterval(() => {
		const now = cpuMs();
		longest = Math.max(longest, now - last);
		last = now;
		if (Date.now() - saidMs >= EVERY_MS) {
			saidMs = Date.now();
			appendFileSync(file, `${saidMs} ${longest.toFixed(1)}\n`);
			longest = 0;
			last = cpuMs();
		}
	}, TICK_MS).unref();
}
