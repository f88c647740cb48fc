import type {Column} from '../metrics/model/column.ts';
import type {Row} from '../metrics/model/row.ts';
import {bytes, cores, type Fields, knownFields, type MaybeFields, seconds} from './fields.ts';

/** The names of statistics in ids of columns and in fields. */
const NAMES = ['min', 'mean', 'p95', 'max'] as const;

/** The statistics of a row over a window, which its view's columns have; nothing where none is known. */
export function statisticFields<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	row: R,
	windowMs: number,
	nowMs: number,
): Fields {
	const of = (
		resource: string,
		unit: string,
		rounded: (value: number | undefined) => number | undefined,
	): MaybeFields =>
		Object.fromEntries(
			NAMES.map(name => {
				const value = columns.find(({id}) => id === `${resource}-${name}`)?.value(row, nowMs);
				return [`${name}${unit}`, typeof value === 'number' ? rounded(value) : undefined];
			}),
		);
	const statistics = knownFields({
		cpu: knownFields(of('cpu', 'Cores', cores)),
		memory: knownFields(of('memory', 'Bytes', bytes)),
	});
	return Object.keys(statistics).length === 0
		? {}
		: {statistics: knownFields({windowSeconds: seconds(windowMs), ...statistics})};
}
