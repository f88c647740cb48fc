import {describe, expect, test} from 'vitest';
import {coresFacts, disksFacts, interfacesFacts} from '../../../../source/ui/draw/facts/parts-facts.ts';
import {createTheme} from '../../../../source/ui/theme/theme.ts';

const unicode = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const ascii = createTheme({name: 'terminal', colors: 'none', symbols: 'ascii'});
const cores = (...shares: readonly (number | undefined)[]) =>
	shares.map((busyRatio, index) => ({name: String(index), busyRatio}));

describe('the facts about cores', () => {
	test('have a bar for each of a few', () => {
		expect(coresFacts(cores(0.31, undefined), unicode)).toEqual([
			{label: 'Cores', pieces: ['0 ▰▰▰▱▱▱▱▱▱▱ 31%', '1 –'], share: undefined},
		]);
	});

	test.each([
		[unicode, ['0:▁▂▃▄▅▆▇█', '8:█–']],
		[ascii, ['0:_.:-=+*#', '8:#–']],
	])('have a cell for each of many', (theme, pieces) => {
		const many = cores(0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1, undefined);
		expect(coresFacts(many, theme)[0]?.pieces).toEqual(pieces);
	});

	test('are none where the source has none', () => {
		expect([coresFacts(undefined, unicode), coresFacts([], unicode)]).toEqual([[], []]);
	});
});

test('the fact about interfaces says what each carries, and – where that is unknown', () => {
	expect(
		interfacesFacts([
			{name: 'eth0', rxBytesPerSecond: 4.9e6, txBytesPerSecond: 0},
			{name: 'eth1', rxBytesPerSecond: undefined, txBytesPerSecond: undefined},
		])[0]?.pieces,
	).toEqual(['eth0 ↓4.9MB/s ↑0B/s', 'eth1 ↓– ↑–']);
	expect([interfacesFacts(undefined), interfacesFacts([])]).toEqual([[], []]);
});

test('the fact about disks says what each reads and writes and how busy it is', () => {
	const vda = {name: 'vda', readBytesPerSecond: 1.2e6, writtenBytesPerSecond: undefined, busyRatio: 0.31};
	expect(disksFacts([vda], unicode)[0]?.pieces).toEqual([
		'vda read 1.2MB/s written –',
		'busy ▰▰▰▱▱▱▱▱▱▱ 31%',
	]);
	expect([disksFacts(undefined, unicode), disksFacts([], unicode)]).toEqual([[], []]);
});
