import {printableJson} from '../metrics/model/printable.ts';
import type {Source} from '../metrics/model/view.ts';
import {formatCsv} from './format-csv.ts';
import {formatGroups, formatTable} from './format-table.ts';
import {printedOrder} from './printed-order.ts';
import {groupedView, type SnapshotOptions, takeSnapshot} from './snapshot.ts';

export type PrintOptions = SnapshotOptions & {
	readonly format: 'json' | 'ndjson' | 'csv' | 'table' | undefined;
	/** Whether this is the first output: CSV then starts with its headings. */
	readonly isFirst: boolean;
};

/** Prints the current view of `source`, by default as JSON. Resolves when stdout has drained, for slow readers. */
export function printView(source: Source, options: PrintOptions): Promise<void> {
	const text = format(source, options);
	return new Promise((resolve, reject) => {
		process.stdout.write(text, error => (error ? reject(error) : resolve()));
	});
}

function format(source: Source, {format, isFirst, ...options}: PrintOptions): string {
	const {level, nowMs} = options;
	const query = {...options.query, sort: options.query.sort ?? printedOrder(level)};
	const {group} = options;
	const grouped = group === undefined ? undefined : groupedView(source, {level, nowMs, query}, group);
	switch (format) {
		case undefined:
		case 'json':
		case 'ndjson':
			return `${printableJson(takeSnapshot(source, {...options, query}))}\n`;
		case 'csv':
			return grouped === undefined
				? formatCsv(source.view({...query, level}, 'live', nowMs), nowMs, isFirst)
				: formatCsv(grouped, nowMs, isFirst);
		case 'table':
			return grouped === undefined
				? formatTable(source.view({...query, level}, 'live', nowMs))
				: formatGroups(grouped.rows.slice());
	}
}
