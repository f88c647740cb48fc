import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PodRow} from '../../../source/metrics/model/row.ts';
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
		namespace: fc.constantFrom('shop', 'web-2', 'web-10'),
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
			column: fc.constantFrom('cpu', 'memory', 'name', 'namespace', 'node', 'status', 'age', 'restarts', '?'),
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
	),
});

const steps = fc.oneof(
	fc.record({part: fc.constantFrom(...PARTS), rows: rowsOfPart}),
	fc.record({query: queries}),
);

describe('a view of a table that is kept in order', () => {
	test('is at any time the same as that of all rows filtered and sorted anew', () => {
		fc.assert(
			fc.property(fc.array(steps, {minLength: 10, maxLength: 40}), history => {
				const table = new RowTable<PodRow>();
				const view = new TableView('pods', table);
				const all = new Map<string, readonly PodRow[]>();
				let nowMs = 20_000;
				for (const step of history) {
					nowMs += 1000;
					if ('query' in step) {
						expect(table.settle(ALWAYS)).toBe(true);
						const query = {level: 'pods', ...step.query} as const;
						expect(view.view(query, nowMs, nowMs)).toEqual(
							selectRows(query, [...all.values()].flat(), nowMs, nowMs),
						);
					} else {
						const rows = step.rows.map(make => make(step.part));
						all.set(step.part, rows);
						table.set(step.part, rows);
					}
				}
			}),
			{numRuns: 150},
		);
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
