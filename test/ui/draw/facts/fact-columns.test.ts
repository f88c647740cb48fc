import {expect, test} from 'vitest';
import {drawFactColumns, factLines} from '../../../../source/ui/draw/facts/fact-columns.ts';

const plain = (text: string): string => text;

function drawn(pieces: readonly string[], width: number): readonly string[] {
	const facts = [{label: 'Disks', pieces, share: undefined}];
	const options = {facts, width, ellipsis: '…', paintLabel: plain, paintNote: plain};
	return drawFactColumns(options, factLines(options), 0).map(line => line.trim());
}

test('a piece with no room in a line is broken between its words', () => {
	expect(drawn(['vda read 1.2MB/s written 890kB/s', 'busy 31%'], 42)).toEqual([
		'Disks       vda read 1.2MB/s written',
		'890kB/s busy 31%',
	]);
});

test('a word with no room in a line is broken, and none of it lost', () => {
	const [first = '', ...others] = drawn([`a ${'x'.repeat(60)} b`], 42);
	expect(`${first.replace('Disks', '')}${others.join('')}`.replaceAll(' ', '')).toBe(`a${'x'.repeat(60)}b`);
});
