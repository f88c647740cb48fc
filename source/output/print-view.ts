import type {Source} from '../metrics/model/view.ts';
import {csvLines} from './format-csv.ts';
import {formatGroups, formatTable} from './format-table.ts';
import {printedOrder} from './printed-order.ts';
import {groupedView, type SnapshotOptions, takeSnapshot} from './snapshot.ts';
import {snapshotLine} from './snapshot-json.ts';

export type PrintOptions = SnapshotOptions & {
	readonly format: 'json' | 'ndjson' | 'csv' | 'table' | undefined;
	/** Whether this is the first output: CSV then starts with its headings. */
	readonly isFirst: boolean;
};

/** So many characters are written at once. */
const PIECE_LENGTH = 2 ** 16;

/**
 * Prints the current view of `source`, by default as JSON: in pieces, each when stdout has taken the one before, so that
 * neither a long text nor a slow reader takes memory. Resolves when stdout has drained.
 */
export async function printView(source: Source, options: PrintOptions): Promise<void> {
	let piece = '';
	for (const text of textsOf(source, options)) {
		piece += text;
		if (piece.length >= PIECE_LENGTH) {
			await write(piece);
			piece = '';
		}
	}

	await write(piece);
}

function write(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		process.stdout.write(text, error => (error ? reject(error) : resolve()));
	});
}

function textsOf(source: Source, {format, isFirst, ...options}: PrintOptions): Iterable<string> {
	const {level, nowMs} = options;
	const query = {...options.query, sort: options.query.sort ?? printedOrder(level)};
	const {group, clusters} = options;
	const hasClusters = clusters !== undefined;
	const grouped = group === undefined ? undefined : groupedView(source, {level, nowMs, query}, group);
	switch (format) {
		case undefined:
		case 'json':
		case 'ndjson':
			return snapshotLine(takeSnapshot(source, {...options, query}));
		case 'csv':
			return grouped === undefined
				? csvLines(source.view({...query, level}, 'live', nowMs), nowMs, isFirst, hasClusters)
				: csvLines(grouped, nowMs, isFirst, hasClusters);
		case 'table':
			return [
				grouped === undefined
					? formatTable(source.view({...query, level}, 'live', nowMs), hasClusters)
					: formatGroups(grouped.rows.slice()),
			];
	}
}
