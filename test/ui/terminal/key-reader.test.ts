import {describe, expect, test} from 'vitest';
import {KeyReader, type PressedKey} from '../../../source/ui/terminal/key-reader.ts';
import type {MouseEvent} from '../../../source/ui/terminal/mouse.ts';

/** What is told of chunks that come one after the other, once nothing more can come of them. */
async function read(...chunks: readonly string[]) {
	const keys: PressedKey[] = [];
	const clicks: MouseEvent[] = [];
	const reports: string[] = [];
	const reader = new KeyReader({
		onKey: key => keys.push(key),
		onMouse: event => clicks.push(event),
		onReport: report => reports.push(report),
	});
	for (const chunk of chunks) {
		reader.read(chunk);
	}

	await new Promise(resolve => setTimeout(resolve, 60));
	return {keys, clicks, reports, names: keys.map(({name}) => name)};
}

describe('a key', () => {
	test.each([
		['\u001B[A', 'up'],
		['\u001BOB', 'down'],
		['\u001B[C', 'right'],
		['\u001B[D', 'left'],
		['\u001B[5~', 'pageup'],
		['\u001B[6~', 'pagedown'],
		['\u001B[H', 'home'],
		['\u001B[1~', 'home'],
		['\u001BOH', 'home'],
		['\u001B[F', 'end'],
		['\u001B[4~', 'end'],
		['\u001BOP', 'f1'],
		['\u001B[11~', 'f1'],
		['\u001BOQ', 'f2'],
		['\u001B[3~', 'delete'],
		['\r', 'enter'],
		['\n', 'enter'],
		['\t', 'tab'],
		['\u001B[Z', 'shift-tab'],
		['\u007F', 'backspace'],
		['\b', 'backspace'],
		['\u001B', 'esc'],
		['\u0003', 'ctrl-c'],
		['\u000C', 'ctrl-l'],
		['\u0015', 'ctrl-u'],
		['\u001A', 'ctrl-z'],
	])('that sends %j is %s and types nothing', async (sequence, name) => {
		expect((await read(sequence)).keys).toEqual([{name, text: ''}]);
	});

	test.each([
		['k', 'k'],
		['G', 'G'],
		['5', '5'],
		['/', '/'],
		['<', '<'],
		['ñ', 'ñ'],
		['日', '日'],
		['😀', '😀'],
		[' ', 'space'],
	])('that types %j is %s', async (text, name) => {
		expect((await read(text)).keys).toEqual([{name, text}]);
	});
});

test('keys that come together are told one after the other', async () => {
	expect((await read('jj\u001B[B\rG')).names).toEqual(['j', 'j', 'down', 'enter', 'G']);
});

test('a sequence that comes in parts is one key', async () => {
	expect((await read('\u001B[', 'A', '\u001B', '[6~')).names).toEqual(['up', 'pagedown']);
});

test('a character that comes in parts is one key', async () => {
	expect((await read('a', '\u001B[1', ';5C', 'b')).names.filter(name => name.length === 1)).toEqual([
		'a',
		'b',
	]);
});

test('clicks between keys are told apart from them', async () => {
	const {names, clicks} = await read('j\u001B[<0;5;3Mk\u001B[<0;5', ';3mG');
	expect(names).toEqual(['j', 'k', 'G']);
	expect(clicks).toEqual([{kind: 'press', column: 4, line: 2}]);
});

test('what no key is types nothing, and is told as it came', async () => {
	const {keys, reports} = await read('\u001B[999;999R', '\u0000', '\u001B[?62;c');
	expect(keys.map(({text}) => text).join('')).not.toMatch(/[\d;R?c]/);
	expect(reports).toEqual(['\u001B[999;999R', '\u001B[?62;c']);
});
