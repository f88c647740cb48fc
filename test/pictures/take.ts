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
	'2s',
	'--colors',
	'true',
	'--theme',
	'dark',
];

/** Long enough for the sparklines and charts to have something to show. */
const WAIT_MS = 60_000;

const PICTURES = [
	{name: 'nodes', title: 'the nodes of a cluster', keys: ['1']},
	{name: 'pods', title: 'its pods', keys: ['2']},
	{name: 'node', title: 'one node with its charts and containers', keys: ['1', '\r']},
	{name: 'container', title: 'one container', keys: ['3', '\r']},
] as const;

const terminal = openKtop(DEMO, {columns: 128, rows: 32});
await terminal.until('the nodes', screen => /worker-\d+ .* ok \d+ms/.test(screen), 60_000);
await setTimeout(WAIT_MS);
for (const {name, title, keys} of PICTURES) {
	for (const key of keys) {
		terminal.type(key);
		await setTimeout(500);
	}

	await setTimeout(1500);
	const file = join(import.meta.dirname, `${name}.svg`);
	writeFileSync(file, screenSvg(terminal.emulator, `ktop: ${title}`));
	console.log(file);
	terminal.type('\u001B');
	await setTimeout(500);
}

terminal.type('q');
await terminal.exitCode;
process.exit(0);
