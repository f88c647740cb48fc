import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {KEYMAP} from '../../source/ui/state/keymap.ts';
import {sequenceOf} from './key-sequences.ts';
import {cleanHome, openKtop} from './ktop.ts';
import {type RecordedCluster, startRecordedCluster} from './recorded-cluster.ts';
import type {Terminal} from './terminal.ts';

const ROWS = 20;
/** Rows of the table: without the head, the tabs, the headings and the foot. */
const TABLE_ROWS = ROWS - 6;

/** What is pressed before, what the key has to make of that, and what takes it back where Esc and another table do not. */
type Expectation = {
	readonly after?: string;
	readonly shows: (screen: string, before: string) => boolean;
	readonly undo?: string;
};

/** A screen that does not show the pods again by then is replaced, which costs time and no test. */
const BACK_WITHIN_MS = 3000;

/** The place of the selected row in the table, from 0. */
function placeOf(screen: string): number {
	const lines = screen.split('\n');
	return (
		lines.findIndex(line => line.startsWith('▸')) - lines.findIndex(line => line.includes('NAMESPACE')) - 1
	);
}

const at = (place: number) => (screen: string) => placeOf(screen) === place;
const has = (part: string | RegExp) => (screen: string) =>
	typeof part === 'string' ? screen.includes(part) : part.test(screen);
const isAtTheEnd = (screen: string): boolean => (screen.split('\n')[ROWS - 2] ?? '').startsWith('▸');

const move = (place: number, after = ''): Expectation => ({after, shows: at(place)});
const show = (part: string | RegExp, after = '', undo = ''): Expectation => ({
	after,
	shows: has(part),
	undo,
});

/** Every key of the keymap, by its name. */
const EXPECTED: Readonly<Record<string, Expectation>> = {
	up: move(2, 'jjj'),
	k: move(2, 'jjj'),
	down: move(1),
	j: move(1),
	pagedown: move(TABLE_ROWS - 1),
	'ctrl-f': move(TABLE_ROWS - 1),
	pageup: move(0, sequenceOf('pagedown')),
	'ctrl-b': move(0, sequenceOf('pagedown')),
	home: move(0, 'jjj'),
	g: move(0, 'jjj'),
	end: {shows: isAtTheEnd},
	G: {shows: isAtTheEnd},
	enter: show('› containers'),
	right: show('› containers'),
	esc: show('2 Pods', '\r'),
	left: show('2 Pods', '\r'),
	h: show('2 Pods', '\r'),
	'0': show('cluster › nodes'),
	'1': show(/NODE +STATUS/),
	'2': show(/NAMESPACE +POD/, '1'),
	'3': show(/POD +CONTAINER/),
	'4': show(/PODS +CONT/),
	'5': show('▸ + node-a'),
	'6': show(/Deployment +\d+\/\d+/),
	W: show(/Deployment +\d+\/\d+/),
	T: show('▸ + node-a'),
	f5: show('▸ + node-a'),
	N: show(/namespace \S+ +sort/, '', 'N'),
	tab: show(/POD +CONTAINER/),
	'shift-tab': show(/NODE +STATUS/),
	'/': show('Enter applies'),
	f3: show('Enter applies'),
	f4: show('Enter applies'),
	':': show('Tab: nodes pods'),
	f6: show(':sort '),
	c: show('CPU▼'),
	P: show('CPU▼'),
	m: show('MEM▼'),
	M: show('MEM▼'),
	n: show('NET↓▼'),
	'<': show('NAMESPACE▲'),
	',': show('NAMESPACE▲'),
	'>': show('READY▲'),
	'.': show('READY▲'),
	r: show(/POD▼/, '', 'r'),
	I: show(/POD▼/, '', 'r'),
	space: show('‖ paused 0s ago'),
	'[': show(/‖ paused \d+s ago/),
	']': show('● live', '['),
	t: show('window: 5m', '', ':window 30s\r'),
	'+': show('interval: 2m', '', '-'),
	'=': show('interval: 2m', '', '-'),
	'-': show('interval: 30s', '', '+'),
	_: show('interval: 30s', '', '+'),
	f7: show('interval: 30s', '', '+'),
	f8: show('interval: 2m', '', '-'),
	f9: show('ktop only reads'),
	w: {
		shows: (screen, before) => /CPU +\d+\w+ +(?:\/max|each to)/.test(before) && !/\/max|each to/.test(screen),
		undo: 'w',
	},
	u: show(/CPUP95 .*MEMP95 /),
	v: show(/CPU.*0-9 tenths/),
	V: show(/NAMESPACE +POD/, 'v'),
	b: show(/▸ \+ \w+.*[\s\S]*pods grouped by namespace/),
	z: show(/CPU of the last .*, all to /),
	o: show('Columns'),
	f2: show('Columns'),
	d: show(/Image|Limits?|Status/, '3\r', 'd'),
	E: show(/SINCE +FOR +PEAK|No events yet/),
	'!': show('› problems'),
	C: show(/\* prod +127\.0\.0\.1:\d+ +shop +reader +prod-eu/),
	a: show('no processes: only --source local and --source cadvisor list them'),
	x: show(/^\* /m, '', 'U'),
	X: {after: 'x', shows: screen => !/^\* /m.test(screen)},
	U: {after: 'x', shows: screen => !/^\* /m.test(screen)},
	f: show('stays at its position', '', 'f'),
	F: show('stays at its position', '', 'f'),
	l: show('kubectl is not installed'),
	p: show(/no container of \S+ has ended/),
	s: show('kubectl is not installed'),
	y: show('copied '),
	S: show(/\d+ rows written to .*ktop-pods-/),
	e: show('Unknown (–)'),
	'?': show('move up and down'),
	f1: show('move up and down'),
};

/** These end the screen, draw the same again or need more facts than a page has, and have tests of their own. */
const WITHOUT_A_PICTURE = ['J', 'K', 'ctrl-l', 'ctrl-z', 'q', 'f10', 'ctrl-c'];

/** What every test begins with: the pods by name, the first selected, and nothing open, marked, paused or changed. */
function isHome(screen: string): boolean {
	return [
		/every 1m .*● live/,
		/sort name +26 pods/,
		/NAMESPACE +POD▲ .* CPU 30s \/max/,
		/^▸ payments +api-7967f6dff8-xnrx5 /m,
		/ ⏎ charts +\/ filter .* q quit/,
		/\d+m /,
	].every(part => part.test(screen));
}

let cluster: RecordedCluster;
let directory: string;
/** One screen for all keys: to start one for each would take longer than all the rest. */
let shared: Terminal | undefined;

beforeAll(async () => {
	cluster = await startRecordedCluster();
	directory = mkdtempSync(join(tmpdir(), 'ktop-keys-'));
});
afterAll(async () => {
	shared?.close();
	await cluster.close();
	rmSync(directory, {recursive: true});
});

async function open(): Promise<Terminal> {
	const opened = openKtop(
		['pods', '--sort', '+name', '--interval', '1m', '--kubeconfig', cluster.kubeconfig],
		{
			columns: 140,
			rows: ROWS,
			environment: {...cleanHome(), PATH: '/nowhere'},
			workingFolder: directory,
		},
	);
	await opened.until('the pods with figures', isHome);
	return opened;
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** A screen that does not come back ends, and the next test opens another. */
async function comeHome(screen: Terminal, undo: string): Promise<Terminal | undefined> {
	for (let opened = 0; opened < 3; opened++) {
		screen.type(sequenceOf('esc'));
		// An Esc needs a moment to be no part of another key.
		await pause(60);
	}

	screen.type(`${undo}2:sort +name`);
	try {
		await screen.until('the command', now => now.includes(':sort +name'), BACK_WITHIN_MS);
		screen.type('\rg');
		await screen.until('the first screen again', isHome, BACK_WITHIN_MS);
		return screen;
	} catch {
		screen.close();
		return undefined;
	}
}

test('every key of the keymap is in one of these tests', () => {
	const tested = [...Object.keys(EXPECTED), ...WITHOUT_A_PICTURE].sort();
	expect(tested).toEqual(KEYMAP.flatMap(({keys}) => keys).sort());
});

describe('a key', () => {
	test.each(Object.entries(EXPECTED))(
		'%s does what the help says',
		async (key, {after = '', shows, undo = ''}) => {
			const screen = shared ?? (await open());
			shared = undefined;
			try {
				if (after !== '') {
					screen.type(after);
				}

				await screen.until('the screen before', now => !shows(now, now));
				const before = screen.text();
				screen.type(sequenceOf(key));
				await screen.until(`what ${key} does`, now => shows(now, before));
			} catch (error) {
				screen.close();
				throw error;
			}

			shared = await comeHome(screen, undo);
		},
	);

	test('ctrl-l redraws everything', async () => {
		const screen = await open();
		const before = screen.written().length;
		screen.emulator.write('\u001B[5;1HSOMETHING ELSE');
		await screen.until('what another wrote', text => text.includes('SOMETHING ELSE'));
		screen.type('\u000C');
		await screen.until('the table again', text => !text.includes('SOMETHING ELSE'));
		await expect.poll(() => screen.written().slice(before)).toContain('nightly-import');
		screen.close();
	});

	test.each([
		['q', 'q'],
		['f10', sequenceOf('f10')],
		['ctrl-c', '\u0003'],
	])('%s ends it', async (_key, sequence) => {
		const screen = await open();
		screen.type(sequence);
		expect(await screen.exitCode).toBe(0);
		screen.close();
	});

	test('ctrl-z stops it, and where no shell can bring it back it goes on', async () => {
		const screen = await open();
		const taken = (): number => screen.written().split('?1049h').length;
		const before = taken();
		screen.type('\u001A');
		await expect.poll(taken).toBe(before + 1);
		screen.close();
	});
});
