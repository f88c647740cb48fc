import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {openKtop} from '../e2e/ktop.ts';
import {screenSvg} from './screen-svg.ts';

// Takes the pictures of the README from a real run in a real pseudo-terminal: npm run pictures

const DEMO = [
	'--source',
	'demo:nodes=12,pods=240,seed=1',
	'--interval',
	'5s',
	'--colors',
	'true',
	'--theme',
	'dark',
];

/** Long enough for sparklines and charts to be full: they cover five minutes. */
const WAIT_MS = 310_000;

/** Throttling is read only while somebody looks, and takes a few samples to be a line. */
const LOOK_MS = 150_000;

const PICTURES = [
	{name: 'nodes', title: 'the nodes of a cluster', keys: ['1'], lookMs: 1500},
	{name: 'pods', title: 'its pods', keys: ['2'], lookMs: 1500},
	{name: 'cluster', title: 'the whole cluster in charts', keys: ['0'], lookMs: 1500},
	{name: 'node', title: 'one node with its charts and containers', keys: ['1', '\r'], lookMs: 1500},
	{name: 'facts', title: 'a pod’s facts', keys: ['2', '/', 'ledger', '\r', '\r', 'd'], lookMs: 1500},
	{name: 'container', title: 'one container', keys: ['d', '3', '/', 'ffmpeg', '\r', '\r'], lookMs: LOOK_MS},
] as const;

const terminal = openKtop(DEMO, {columns: 128, rows: 32});
await terminal.until('the nodes', screen => /worker-\d+ .* ok \d+ms/.test(screen), 60_000);
await setTimeout(WAIT_MS);
for (const {name, title, keys, lookMs} of PICTURES) {
	for (const key of keys) {
		terminal.type(key);
		await setTimeout(500);
	}

	await setTimeout(lookMs);
	const file = join(import.meta.dirname, `${name}.svg`);
	writeFileSync(file, screenSvg(terminal.emulator, `ktop: ${title}`));
	console.log(file);
	for (let closed = 0; closed < 3; closed++) {
		terminal.type('\u001B');
		await setTimeout(300);
	}
}

terminal.type('q');
await terminal.exitCode;
process.exit(0);
