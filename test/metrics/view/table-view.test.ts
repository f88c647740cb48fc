import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {isText} from '../../../source/metrics/model/column.ts';
import type {PodRow, Row} from '../../../source/metrics/model/row.ts';
import {sampleOfRows} from '../../../source/metrics/model/row-list.ts';
import type {StatisticsOf} from '../../../source/metrics/model/statistics.ts';
import type {Query} from '../../../source/metrics/model/view.ts';
import {RowTable} from '../../../source/metrics/view/row-table.ts';
import {selectRows} from '../../../source/metrics/view/select-rows.ts';
import {TableView} from '../../../source/metrics/view/table-view.ts';
import {podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const ALWAYS = (): boolean => true;

const PARTS = ['one', 'two', 'three'] as const;

/** Few names and values, so that many rows have the same. */
const pods = fc
	.record({
		place: fc.nat(12),
		namespace: fc.constantFrom('shop', 'web-2', 'web-02', 'web-10'),
		cpuCores: fc.option(fc.constantFrom(-0, 0, 0.25, 1, 3), {nil: undefined}),
		memoryWorkingSetBytes: fc.option(fc.nat(3), {nil: undefined}),
		node: fc.constantFrom('', 'n-9', 'n-10', 'N'),
		reason: fc.constantFrom('Running', 'Pending', undefined),
		createdAtMs: fc.nat(20_000),
	})
	.map(({place, namespace, reason, createdAtMs, ...known}) => (part: string): PodRow => {
		const info = reason === undefined ? undefined : podInfo(`p-${place}`, {reason, createdAtMs});
		return podRow(`p-${place}`, {id: `${part}/${namespace}/${place}`, namespace, info, ...known});
	});

const rowsOfPart = fc.uniqueArray(pods, {selector: make => make('').id, maxLength: 12});

const queries: fc.Arbitrary<Omit<Query<'pods'>, 'level'>> = fc.record({
	sort: fc.option(
		fc.record({
			column: fc.constantFrom(
				'cpu',
				'memory',
				'name',
				'namespace',
				'node',
				'status',
				'age',
				'restarts',
				'cpu-p95',
				'?',
			),
			isDescending: fc.boolean(),
		}),
		{nil: undefined},
	),
	filter: fc.constantFrom(
		'',
		'w',
		'we',
		'web',
		'web-1',
		'!w',
		'!web',
		'shop|web',
		'cpu>0',
		'cpu>0 w',
		'age<10s',
		'age>5s w',
		'status:run',
		'n-1',
		'cpu>x',
		'| w',
		'memory>=2 | n-9',
		'cpu-p95>1',
	),
});

const statistics: StatisticsOf = ({id}) => {
	const p95 = id.length % 4;
	return {samples: 3 - (id.length % 3), min: 0, mean: p95 / 2, p95, max: 4};
};

const steps = fc.oneof(
	fc.record({part: fc.constantFrom(...PARTS), rows: rowsOfPart}),
	fc.record({query: queries}),
);

describe('a view of a table that is kept in order', () => {
	test('is at any time the same as that of all rows filtered and sorted anew', () => {
		fc.assert(
			fc.property(fc.array(steps, {minLength: 10, maxLength: 40}), fc.boolean(), (history, isPartKnown) => {
				const table = new RowTable<PodRow>(isPartKnown ? id => id.slice(0, id.indexOf('/')) : undefined);
				const view = new TableView('pods', table);
				const all = new Map<string, readonly PodRow[]>();
				let nowMs = 20_000;
				for (const step of history) {
					nowMs += 1000;
					if ('query' in step) {
						expect(table.settle(ALWAYS)).toBe(true);
						const query = {level: 'pods', windowMs: 60_000, ...step.query} as const;
						const {columns: _columns, ...shown} = view.view(query, nowMs, nowMs, statistics);
						const expected = selectRows(query, [...all.values()].flat(), nowMs, nowMs, statistics);
						const {columns: _others, ...computed} = expected;
						expect({...shown, rows: shown.rows.slice()}).toEqual(computed);
						const rows = computed.rows.slice();
						expect(rows.map(({id}) => shown.rows.placeOf?.(id))).toEqual(rows.map((_, place) => place));
						const hidden = [...all.values()].flat().filter(row => !rows.includes(row));
						expect(hidden.map(({id}) => shown.rows.placeOf?.(id))).toEqual(hidden.map(() => -1));
						expect(shown.rows.placeOf?.('none')).toBe(-1);
						for (const column of columnsOf('pods').filter(({unit}) => isText(unit))) {
							const lengths = sampleOfRows(shown.rows, 5).map(
								row => String(column.value(row, nowMs) ?? '').length,
							);
							expect(shown.rows.longestText?.(column.id, 5)).toBe(Math.max(0, ...lengths));
						}

						for (const namespace of ['shop', 'web-2', 'web-02', 'web']) {
							const within = [...all.values()].flat().filter(row => row.namespace === namespace);
							expect(new Set(table.within(namespace))).toEqual(new Set(within));
						}
					} else {
						const rows = step.rows.map(make => make(step.part));
						all.set(step.part, rows);
						table.set(step.part, rows);
					}
				}
			}),
			{numRuns: 100},
		);
	});

	test('and the view of a fork of the table change apart from each other', () => {
		fc.assert(
			fc.property(
				fc.array(steps, {minLength: 5, maxLength: 20}),
				fc.array(fc.tuple(steps, fc.boolean()), {minLength: 5, maxLength: 20}),
				(before, after) => {
					const table = new RowTable<PodRow>();
					const own = {
						table,
						view: new TableView('pods', table),
						parts: new Map<string, readonly PodRow[]>(),
					};
					let nowMs = 20_000;
					const happen = ({table, view, parts}: typeof own, step: (typeof before)[number]): void => {
						nowMs += 1000;
						if (!('query' in step)) {
							const rows = step.rows.map(make => make(step.part));
							parts.set(step.part, rows);
							table.set(step.part, rows);
							return;
						}

						table.settle(ALWAYS);
						const query = {level: 'pods', windowMs: 60_000, ...step.query} as const;
						const all = [...parts.values()].flat();
						expect(view.view(query, nowMs, nowMs, statistics).rows.slice()).toEqual(
							selectRows(query, all, nowMs, nowMs, statistics).rows.slice(),
						);
					};
					for (const step of before) {
						happen(own, step);
					}

					const forked = table.fork();
					const fork = {table: forked, view: own.view.fork(forked), parts: new Map(own.parts)};
					for (const [step, isOfFork] of after) {
						happen(isOfFork ? fork : own, step);
					}
				},
			),
			{numRuns: 100},
		);
	});

	test('is the last one until the next is ready, however often turns end and rows change meanwhile', () => {
		fc.assert(
			fc.property(
				queries,
				queries,
				fc.array(fc.tuple(fc.constantFrom(...PARTS), rowsOfPart), {maxLength: 4}),
				(first, second, changes) => {
					const table = new RowTable<PodRow>();
					const view = new TableView('pods', table, 1);
					const many = (part: string): readonly PodRow[] =>
						Array.from({length: 700}, (_, place) =>
							podRow(`p-${place}`, {
								id: `${part}/${place}`,
								namespace: `web-${place % 7}`,
								cpuCores: (place * 7919) % 1000,
							}),
						);
					const all = new Map<string, readonly PodRow[]>([['many', many('many')]]);
					table.set('many', all.get('many') ?? []);
					table.settle(ALWAYS);
					const answer = (query: typeof first) => {
						const {isPending = false, rows, total} = view.view(query, 30_000, 30_000);
						return {isPending, rows: rows.map(({id, cpuCores}) => `${id} ${cpuCores}`), total};
					};
					const finished = (query: typeof first) => {
						while (!view.advance(() => false)) {}
						return answer(query);
					};
					answer(first);
					let last = finished(first);
					for (const [part, makers] of changes) {
						const {isPending, ...shown} = answer(second);
						last = isPending ? last : {...shown, isPending};
						expect(shown.rows).toEqual(last.rows);

						view.advance(() => false);
						const rows = makers.map(make => make(part));
						all.set(part, rows);
						table.set(part, rows);
						table.settle(ALWAYS);
					}

					answer(second);
					const after = finished(second);
					const computed = selectRows({level: 'pods', ...second}, [...all.values()].flat(), 30_000, 30_000);
					const rows = computed.rows.map(({id, cpuCores}) => `${id} ${cpuCores}`);
					expect(after).toEqual({isPending: false, rows, total: computed.total});
				},
			),
			{numRuns: 30},
		);
	});

	test('waits for statistics of a row that take several turns, and goes on with the next one then', () => {
		const table = new RowTable<PodRow>();
		const view = new TableView('pods', table, 1);
		table.set('one', [podRow('a'), podRow('b'), podRow('c')]);
		table.settle(ALWAYS);
		const turns = new Map<string, number>();
		const slow: StatisticsOf = Object.assign(
			({name}: Row) => {
				expect(turns.get(name)).toBe(3);
				const p95 = {a: 2, b: 3, c: 1}[name] ?? 0;
				return {samples: 3, min: 0, mean: 0, p95, max: 9};
			},
			{
				advance({name}: Row) {
					turns.set(name, Math.min((turns.get(name) ?? 0) + 1, 3));
					return turns.get(name) === 3;
				},
			},
		);
		const query = {windowMs: 60_000, sort: {column: 'cpu-p95', isDescending: true}};
		expect(view.view(query, 0, 0, slow).isPending).toBe(true);
		let count = 0;
		while (!view.advance(() => false)) {
			count++;
		}

		expect(count).toBeGreaterThan(3);
		expect(view.view(query, 0, 0, slow).rows.map(({name}) => name)).toEqual(['b', 'a', 'c']);
	});

	test('stands still while rows change', () => {
		const table = new RowTable<PodRow>();
		const view = new TableView('pods', table);
		const before = [podRow('a', {cpuCores: 2}), podRow('b', {cpuCores: 1})];
		table.set('one', before);
		table.settle(ALWAYS);
		const {rows} = view.view({}, 0, 0);
		expect(rows.slice()).toEqual(before);
		table.set('one', [podRow('b', {cpuCores: 3}), podRow('c', {cpuCores: 4})]);
		table.settle(ALWAYS);
		table.set('two', [podRow('d', {cpuCores: 5})]);
		table.settle(ALWAYS);
		expect(rows.slice()).toEqual(before);
		expect(rows.placeOf?.(before[0]?.id ?? '')).toBe(0);
		expect(rows.placeOf?.('c')).toBe(-1);
		expect(view.view({}, 0, 0).rows.map(({name}) => name)).toEqual(['d', 'c', 'b']);
	});

	test('shows the former rows in their former number until all new ones are in', () => {
		const table = new RowTable<PodRow>();
		const view = new TableView('pods', table);
		const namesOf = (): readonly string[] => view.view({}, 0, 0).rows.map(({name}) => name);
		table.set('one', [podRow('b', {cpuCores: 1}), podRow('c', {cpuCores: 2})]);
		table.settle(ALWAYS);
		table.set('one', [podRow('c', {cpuCores: 0.5})]);
		table.set(
			'two',
			Array.from({length: 2000}, (_, place) => podRow(`a-${place}`, {cpuCores: 3})),
		);
		expect(table.settle(() => false)).toBe(false);
		expect(namesOf()).toEqual(['b', 'c']);
		let turns = 1;
		while (!table.settle(() => false)) {
			turns++;
		}

		expect(turns).toBeGreaterThan(2);
		expect(namesOf()).toHaveLength(2001);
		expect(namesOf().at(-1)).toBe('c');
	});

	test('asks for the statistics of a row once a sample, and once a step if there was none', () => {
		const table = new RowTable<PodRow>();
		const view = new TableView('pods', table);
		const asked: string[] = [];
		const counting: StatisticsOf = ({name}) => {
			asked.push(name);
			return {samples: 9, min: 0, mean: 1, p95: 2, max: 3};
		};
		const windowMs = 300_000;
		const sort = {column: 'cpu-p95', isDescending: true};
		const askedAt = (nowMs: number): readonly string[] => {
			asked.length = 0;
			view.view({sort, windowMs}, nowMs, nowMs, counting);
			return [...asked];
		};
		table.set('one', [podRow('a')]);
		table.set('two', [podRow('b')]);
		table.settle(ALWAYS);
		expect(askedAt(300_000)).toEqual(['a', 'b']);
		expect(askedAt(301_000)).toEqual([]);
		table.set('one', [podRow('a', {cpuCores: 1})]);
		expect(askedAt(302_000)).toEqual(['a']);
		expect(askedAt(310_000)).toEqual(['b']);
		expect(askedAt(319_000)).toEqual([]);
		expect(askedAt(320_000)).toEqual(['a', 'b']);
	});

	test('of many rows is what was asked for, whatever is made ready or rehearsed meanwhile', () => {
		const table = new RowTable<PodRow>();
		const view = new TableView('pods', table, Number.POSITIVE_INFINITY);
		const rows = Array.from({length: 7000}, (_, place) =>
			podRow(`checkout-${place}`, {cpuCores: place % 100}),
		);
		table.set('one', rows);
		while (!table.settle(() => false)) {}
		const namesOf = (filter: string): readonly string[] =>
			view.view({filter}, 0, 0).rows.map(({name}) => name);
		const expected = (filter: string): readonly string[] =>
			selectRows({level: 'pods', filter}, rows, 0, 0).rows.map(({name}) => name);
		const all = namesOf('');
		const turns = (): number => {
			let count = 0;
			for (; !view.foresee(() => false); count++) {
				expect(namesOf(`t-${count}`)).toEqual(expected(`t-${count}`));
			}

			return count;
		};
		expect(turns()).toBeGreaterThan(30);
		expect(turns()).toBe(0);
		expect(namesOf('c')).toEqual(expected('c'));
		expect(namesOf('')).toEqual(all);
	});

	test('uses the slots of rows that are gone for new ones', () => {
		const table = new RowTable<PodRow>();
		for (let round = 0; round < 50; round++) {
			table.set('one', [podRow(`a-${round}`), podRow(`b-${round}`)]);
			table.settle(ALWAYS);
		}

		expect(table.slotCount).toBeLessThan(6);
		expect(table.order).toHaveLength(2);
	});
});
