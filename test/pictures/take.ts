import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {openKtop} from '../e2e/ktop.ts';
import {animatedSvg, type Frame, frameOf} from './screen-svg.ts';

// Takes the picture of the README from a real run in a real pseudo-terminal, in six minutes: npm run pictures

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

/** Long enough for sparklines and charts to be full of ktop's own samples: they cover five minutes. */
const WAIT_MS = 310_000;

/** The page that is open meanwhile: throttling is read only while somebody looks. */
const OPENING = ['3', '/', 'ffmpeg', '\r', '\r'];

/** A page with its keys, and a text that is there when it is. */
const PAGES: ReadonlyArray<{
	readonly keys: readonly string[];
	readonly shows: RegExp;
	readonly lookMs: number;
}> = [
	{keys: ['1'], shows: /worker-\d+ .* ok \d+ms/, lookMs: 1500},
	{keys: ['2'], shows: /NAMESPACE .*STATUS/, lookMs: 1500},
	{keys: ['2', ':map', '\r'], shows: /by namespace: 0-9 tenths/, lookMs: 1500},
	{keys: ['2', ':wall', '\r', 'z'], shows: / wall /, lookMs: 1500},
	{keys: ['0'], shows: /CPU/, lookMs: 1500},
	{keys: ['1', '\r'], shows: /worker-\d+/, lookMs: 1500},
	{keys: ['3', '/', 'ffmpeg', '\r', '\r'], shows: /THROTTLED/, lookMs: 1500},
	{keys: ['1', '!'], shows: /critical +CrashLoopBackOff/, lookMs: 1500},
	// The node that may not be read, and why.
	{keys: ['1', '/', '403', '\r', 'e'], shows: /nodes\/stats/, lookMs: 1500},
];

const SECONDS = 4;
const ESC = '\u001B';

const terminal = openKtop(DEMO, {columns: 128, rows: 32});
await terminal.until('the nodes', screen => /worker-\d+ .* ok \d+ms/.test(screen), 60_000);
await type(OPENING);
await setTimeout(WAIT_MS);
const frames: Frame[] = [];
for (const {keys, shows, lookMs} of PAGES) {
	await type(keys);
	await terminal.until(String(shows), screen => shows.test(screen));
	await setTimeout(lookMs);
	frames.push(frameOf(terminal.emulator, SECONDS));
	for (let closed = 0; closed < 4; closed++) {
		terminal.type(ESC);
		await setTimeout(400);
	}
}

const file = join(import.meta.dirname, 'ktop.svg');
writeFileSync(
	file,
	animatedSvg(
		frames,
		'ktop: nodes of a cluster, its pods as a table, as a map and as charts, the whole cluster in charts, a node, a container, what is wrong now, and why a node cannot be read',
	),
);
console.log(file);
terminal.type('q');
await terminal.exitCode;
process.exit(0);

async function type(keys: readonly string[]): Promise<void> {
	for (const key of keys) {
		terminal.type(key);
		await setTimeout(700);
	}
}
