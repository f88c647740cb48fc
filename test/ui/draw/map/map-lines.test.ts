import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../../source/metrics/model/column.ts';
import type {NodeRow, Row} from '../../../../source/metrics/model/row.ts';
import type {View} from '../../../../source/metrics/model/view.ts';
import {groupRows} from '../../../../source/metrics/view/group-rows.ts';
import {cellDetail} from '../../../../source/ui/draw/map/cell-detail.ts';
import {mapFigures} from '../../../../source/ui/draw/map/map-figures.ts';
import {mapLegend, mapLines} from '../../../../source/ui/draw/map/map-lines.ts';
import {widthOf} from '../../../../source/ui/format/width.ts';
import {createTheme} from '../../../../source/ui/theme/theme.ts';
import {mapHeight, shownMap} from '../../../../source/ui/view/shown-map.ts';
import {nodeInfo, podInfo} from '../../../metrics/inventories.ts';
import {nodeRow, podRow} from '../../../metrics/rows.ts';

const NODE_COLUMNS: ReadonlyArray<Column<Row>> = columnsOf('nodes');
const FRESH = {nowMs: 100_000, atMs: 100_000, staleAfterMs: 30_000};

/** A node with a share of its four cores in use. */
const busy = (name: string, share: number | undefined, known: Partial<NodeRow> = {}): NodeRow =>
	nodeRow(name, {
		receivedAtMs: 100_000,
		cpuCores: share === undefined ? undefined : share * 4,
		cpuCapacityCores: 4,
		...known,
	});
const inZone = (name: string, zone: string) => ({
	info: nodeInfo(name, {labels: {'topology.kubernetes.io/zone': zone}, allocatable: four}),
});
const four = {cpuCores: 4, memoryBytes: 4, ephemeralStorageBytes: undefined, pods: 1, extended: {}};

type Drawn = {
	readonly id?: string;
	readonly by?: string;
	readonly width?: number;
	readonly height?: number;
	readonly selected?: number;
	readonly colors?: 'none' | '16';
	readonly symbols?: 'unicode' | 'ascii';
};

function drawn(rows: readonly Row[], known: Drawn = {}) {
	const {
		id = 'cpu%',
		by,
		width = 80,
		height = 20,
		selected = -1,
		colors = 'none',
		symbols = 'unicode',
	} = known;
	const level = rows[0]?.kind === 'pod' ? 'pods' : 'nodes';
	const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
	const column = columns.find(each => each.id === id);
	if (column === undefined) {
		throw new Error(`no column ${id}`);
	}

	const grouped = groupRows<Row>(rows, columns, by, 0);
	const view = {level, columns, rows: grouped.rows, total: rows.length, atMs: 0} as View;
	const theme = createTheme({name: 'terminal', colors, symbols});
	const map = shownMap({view, grouped}, mapFigures(column, grouped.rows, grouped.groups, 0), {width, height});
	const options = {
		...map,
		offset: 0,
		height: mapHeight(height),
		selected,
		freshness: FRESH,
		theme,
		width,
	};
	return {lines: mapLines(options), legend: stripVTControlCharacters(mapLegend(options))};
}

const text = (rows: readonly Row[], known: Drawn = {}): readonly string[] =>
	drawn(rows, known).lines.map(line => stripVTControlCharacters(line).trimEnd());

const many = (count: number): readonly NodeRow[] =>
	Array.from({length: count}, (_, index) => busy(`n${index}`, index / count));

describe('cells', () => {
	test('with room have a mark, a name and the value', () => {
		expect(text([busy('alpha', 0.95), busy('beta', 0.1)])).toEqual(['9 alpha  95%  1 beta   10%']);
	});

	test('of shares are percent, else tenths of the highest', () => {
		const percents = text(many(200));
		expect([percents[0]?.slice(0, 9), percents.at(-1)?.slice(-9)]).toEqual(['   0    1', '  99  100']);
		const [line = ''] = text(many(200), {id: 'cpu'});
		expect(line).toMatch(/^0( 0)+( 1)+$/);
	});

	test('are one character each where there are most', () => {
		expect(text(many(1200)).join('')).toMatch(
			/^0{120}1{120}2{120}3{120}4{120}5{120}6{120}7{120}8{120}9{120}$/,
		);
	});

	test('say what is unknown, above the whole, not ready, and ended', () => {
		const notReady = {info: nodeInfo('c', {readiness: 'NotReady', allocatable: four})};
		const rows = [busy('a', undefined), busy('b', 1.2), busy('c', 0.5, notReady)];
		expect(text(rows)[0]).toMatch(/^\? a +– {2}\+ b 120% {2}! c {2}50%$/);
		expect(drawn(rows).legend.trim()).toBe(
			'CPU % OF ALLOCATABLE: 0-9 tenths, + above 100%, ? unknown, ! not ready',
		);
		const done = podRow('p', {info: podInfo('p', {phase: 'Succeeded', reason: 'Completed'})});
		expect(text([done], {id: 'cpu'})[0]).toMatch(/^\. p/);
		expect(drawn([done], {id: 'cpu'}).legend).toContain('. ended');
	});

	test('never show an unknown value as 0, at any size', () => {
		for (const count of [3, 200, 500, 2000]) {
			const rows = Array.from({length: count}, (_, index) => busy(`x${index}`, undefined));
			expect(text(rows).join('').replaceAll(/x\d+/g, '')).toMatch(/^[? –]+$/);
		}
	});

	test('are in groups, whose names and figures stand before their lines', () => {
		const rows = ['a', 'b'].flatMap(zone =>
			Array.from({length: 40}, (_, index) =>
				busy(`${zone}${index}`, 0.5, inZone(`${zone}${index}`, `zone-${zone}`)),
			),
		);
		const lines = text([...rows, busy('c', 0.2)], {by: 'zone', width: 60});
		expect(lines.map(line => line.slice(0, 12).trim())).toEqual([
			'zone-a',
			'40 nodes',
			'mean 50%',
			'most 50%',
			'',
			'',
			'zone-b',
			'40 nodes',
			'mean 50%',
			'most 50%',
			'',
			'',
			'no zone',
		]);
	});

	test('that are stale or hot differ in colour; the selected one is inverse', () => {
		const stale = busy('b', 0.95, {receivedAtMs: 1000});
		const {lines} = drawn([busy('a', 0.95), stale, busy('c', 0.75)], {colors: '16', selected: 2});
		expect(lines[0]).toContain('\u001B[1;31m9 a  95%  \u001B[0m');
		expect(lines[0]).toContain('\u001B[2m9 b  95%  \u001B[0m');
		expect(lines[0]).toContain('\u001B[7m7 c  75%\u001B[0m');
	});

	test('fill lines of exactly the width, for any names, sizes and symbols', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.string({maxLength: 30}), fc.option(fc.double({min: 0, max: 2, noNaN: true}))), {
					minLength: 1,
					maxLength: 300,
				}),
				fc.integer({min: 14, max: 210}),
				fc.integer({min: 3, max: 50}),
				fc.constantFrom('cpu%', 'cpu', 'net-received'),
				fc.constantFrom('unicode', 'ascii'),
				(nodes, width, height, id, symbols) => {
					const rows = nodes.map(([name, share], index) =>
						busy(`${name}${index}`, share ?? undefined, inZone(name, `zone-${index % 3}`)),
					);
					for (const by of [undefined, 'zone']) {
						const {lines, legend} = drawn(rows, {width, height, id, symbols, ...(by && {by})});
						expect(lines.map(line => widthOf(line)).filter(cells => cells !== width)).toEqual([]);
						expect(widthOf(legend)).toBe(width);
					}
				},
			),
			{numRuns: 60},
		);
	});
});

describe('the selected cell in words', () => {
	const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
	const [, , , , share] = NODE_COLUMNS;
	const detail = (row: Row | undefined, width: number): string =>
		share === undefined
			? ''
			: cellDetail(
					{level: 'nodes', columns: NODE_COLUMNS, rows: [], total: 0, atMs: 0} as never,
					row,
					share,
					{
						width,
						freshness: FRESH,
						theme,
					},
				);

	test('begins with its name and the value on the map, then the most important columns that fit', () => {
		expect(stripVTControlCharacters(detail(busy('alpha', 0.5), 60)).trim()).toBe(
			'▸ alpha  CPU% 50%  CPU 2.00  MEM –  SOURCE waiting  STATUS –',
		);
	});

	test('is as wide as the screen', () => {
		for (const width of [10, 33, 80, 200]) {
			expect([widthOf(detail(busy('alpha', 0.5), width)), widthOf(detail(undefined, width))]).toEqual([
				width,
				width,
			]);
		}
	});
});
