import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Description} from '../../../source/metrics/model/description.ts';
import type {Subject} from '../../../source/metrics/model/row.ts';
import {clusterTotals} from '../../../source/metrics/store/rollup.ts';
import {bar} from '../../../source/ui/draw/facts/fact.ts';
import {drawFacts, factsHeight, factsPages} from '../../../source/ui/draw/facts.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {containerInfo, nodeInfo, podInfo} from '../../metrics/inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow, workloadRow} from '../../metrics/rows.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const EVIL = 'evil\u001B[2J\u0007 日本';
const CLUSTER = clusterTotals([nodeRow('n', {info: nodeInfo('n')}), nodeRow('unread')], () => true);
const ROWS: readonly Subject[] = [
	CLUSTER,
	nodeRow('n', {
		info: nodeInfo('n', {
			taints: [{key: EVIL, value: undefined, effect: 'NoSchedule'}],
			problems: [{type: `${EVIL}Pressure`, status: 'True', reason: EVIL, message: EVIL, sinceMs: undefined}],
		}),
	}),
	nodeRow('m', {
		info: nodeInfo('m', {
			problems: [{type: 'Ready', status: EVIL, reason: undefined, message: undefined, sinceMs: undefined}],
		}),
	}),
	podRow('p', {info: podInfo('p', {containers: [containerInfo(EVIL)]})}),
	containerRow('c', {image: EVIL}),
	namespaceRow('s'),
	workloadRow(EVIL, {workloadKind: EVIL, ready: {pods: 1, of: 2}}),
	nodeRow('unread'),
];

describe('facts', () => {
	test('have exactly the given size for any object, and print no control characters', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ROWS),
				fc.integer({min: 20, max: 200}),
				fc.integer({min: 1, max: 40}),
				(row, width, height) => {
					const lines = drawFacts({row, nowMs: 0, width, height, theme});
					expect(lines).toHaveLength(height);
					expect([...new Set(lines.map(widthOf))]).toEqual([width]);
					// biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be among them
					expect(lines.join('').replace(/\u001B\[[0-9;]*m/g, '')).not.toMatch(/[\u0000-\u001F]/);
				},
			),
		);
	});

	const GI = 2 ** 30;
	const volume = (name: string, share: number) => ({
		name,
		claim: undefined,
		capacityBytes: 100 * GI,
		availableBytes: (1 - share) * 100 * GI,
		usedBytes: undefined,
		inodes: undefined,
		inodesUsed: undefined,
		inodesFree: undefined,
		timeMs: undefined,
	});
	const FULL_POD = podRow('p', {
		info: podInfo('p', {containers: [containerInfo('main')]}),
		cpuCores: 0.2,
		memoryWorkingSetBytes: 2 ** 20,
		volumes: [volume('cache', 0.1), volume('data-0', 0.97), volume('wal', 0.75)],
	});
	const textOf = (row: Subject, width: number, height: number): string =>
		stripVTControlCharacters(drawFacts({row, nowMs: 0, width, height, theme}).join('\n'));

	test('start with what is nearly full', () => {
		const labels = textOf(FULL_POD, 80, 30);
		const order = ['Status', 'data-0', 'wal', 'Container', 'cache'].map(name => labels.indexOf(name));
		expect(order).toEqual([...order].sort((one, other) => one - other));
		expect(textOf(FULL_POD, 80, 3)).toMatch(/Volume +data-0 ▰+▱ 97%/);
	});

	test('wrap on narrow screens without losing text', () => {
		const node = nodeRow('n', {
			info: nodeInfo('n', {}),
			bound: {
				pods: 3,
				requests: {cpuCores: 2.7, memoryBytes: 6 * GI},
				limits: {cpuCores: 2, memoryBytes: 12 * GI},
			},
			pressure: {
				cpuSomePercent: 10,
				cpuFullPercent: 2,
				memorySomePercent: 1,
				memoryFullPercent: 0,
				ioSomePercent: 40,
				ioFullPercent: 30,
			},
		});
		for (const width of [40, 60, 80, 100, 120, 180, 300]) {
			const text = textOf(node, width, 60);
			expect(text).toMatch(/CPU ▰+▱* 90%/);
			expect(text).toMatch(/MEM ▰+ 200%/);
			expect(text).toMatch(/I\/O 40% \(full 30%\)/);
			expect(text).not.toContain('…');
		}
	});

	test('need exactly the height that they report, and have more pages on a lower screen', () => {
		fc.assert(
			fc.property(fc.constantFrom(...ROWS, FULL_POD), fc.integer({min: 30, max: 320}), (row, width) => {
				const needed = factsHeight({row, nowMs: 0, width, theme});
				expect(textOf(row, width, needed)).not.toMatch(/facts 1 of/);
				if (needed > 2) {
					expect(textOf(row, width, needed - 1)).toMatch(/… facts 1 of \d+/);
				}
			}),
		);
	});

	test('are all on one of the pages, at any size', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ROWS, FULL_POD),
				fc.integer({min: 60, max: 320}),
				fc.integer({min: 4, max: 20}),
				(row, width, height) => {
					const options = {row, nowMs: 0, width, theme};
					const wordsOf = (text: string): readonly string[] =>
						text.split(/\s+/).filter(word => /^[A-Z]\w{3,}$/.test(word));
					const pages = Array.from({length: factsPages({...options, height})}, (_, page) =>
						stripVTControlCharacters(drawFacts({...options, height, page}).join('\n')),
					);
					const whole = textOf(row, width, factsHeight(options));
					expect(new Set(wordsOf(pages.join('\n')))).toEqual(new Set(wordsOf(whole)));
				},
			),
		);
	});

	test('use more columns on wider screens', () => {
		const heights = [80, 120, 200, 300].map(width => factsHeight({row: FULL_POD, nowMs: 0, width, theme}));
		expect(heights).toEqual([...new Set(heights)].sort((one, other) => other - one));
	});

	test('say each condition of a node once: with its message where that is known', () => {
		const row = nodeRow('n', {
			info: nodeInfo('n', {
				problems: [{type: 'Ready', status: 'False', reason: 'Down', message: undefined, sinceMs: undefined}],
			}),
		});
		const linesOf = (description?: Description | 'unread'): readonly string[] =>
			drawFacts({row, nowMs: 0, width: 80, height: 30, theme, description})
				.map(line => stripVTControlCharacters(line).trim())
				.filter(line => line.includes('Ready False'));
		expect(linesOf('unread')).toEqual(['Condition   Ready False: Down']);
		const facts = {
			kind: 'known',
			value: [{label: 'Condition', text: 'Ready False: Down: it is down', sinceMs: 0, isWrong: true}],
		} as const;
		expect(linesOf({facts, events: {kind: 'known', value: []}})).toEqual([
			'Condition   Ready False: Down: it is down, for 0s',
		]);
	});

	test('show dashes for unknown values', () => {
		const text = drawFacts({row: containerRow('c'), nowMs: 0, width: 80, height: 20, theme}).join('\n');
		expect(text).toMatch(/Memory left +–/);
		expect(text).toMatch(/Restarts +–/);
	});
});

test.each([
	[0, '▱▱▱▱▱▱▱▱▱▱ 0%'],
	[0.72, '▰▰▰▰▰▰▰▱▱▱ 72%'],
	[1.4, '\u001B[1m▰▰▰▰▰▰▰▰▰▰ 140%\u001B[0m'],
])('a bar of %d is %s', (share, text) => {
	expect(bar(share, theme)).toBe(text);
});
