import type {Column} from '../../metrics/column.ts';
import type {Failure} from '../../metrics/failure.ts';
import type {ContainerInfo} from '../../metrics/inventory.ts';
import {failureOf} from '../../metrics/node-state.ts';
import {printable} from '../../metrics/printable.ts';
import type {Row} from '../../metrics/row.ts';
import {lastTermination} from '../../metrics/status.ts';
import {fitText} from '../format/width.ts';
import {helpLines} from '../keymap.ts';
import {cellOf} from '../table/cell.ts';
import type {Theme} from '../theme/theme.ts';

/** All keys. */
export function helpText(width: number): readonly string[] {
	const entries = helpLines();
	const keyWidth = Math.max(...entries.map(([keys]) => keys.length)) + 2;
	return width < HELP_LEAST_WIDTH
		? entries.map(([keys, label]) => ` ${label}: ${keys}`)
		: entries.map(([keys, label]) => `  ${keys.padEnd(keyWidth)}${label}`);
}

/** Narrower than this what a key does comes before the key, and what is cut off is keys. */
const HELP_LEAST_WIDTH = 76;

/** Why the selected row lacks what it lacks, and what each column means. */
export function explanationText(
	row: Row | undefined,
	columns: ReadonlyArray<Column<Row>>,
	notices: readonly string[],
	nowMs: number,
	width: number,
	theme: Theme,
): readonly string[] {
	const failure = failureOfRow(row);
	const reason =
		failure === undefined
			? []
			: [`  ${failure.brief}`, ...wrap(failure.message, width), ...wrap(`→ ${failure.hint}`, width), ''];
	const headings = columns.map(({heading}) => heading.length);
	const headingWidth = Math.max(...headings, 0) + 2;
	const meanings = columns.map(column => {
		const value = row === undefined ? '' : cellOf(column, row, nowMs).text;
		return `  ${column.heading.padEnd(headingWidth)}${fitText(value, 14, false, theme.ellipsis)}  ${column.explanation}`;
	});
	const title = row === undefined ? '  Columns' : `  ${row.name}`;
	const hidden = notices.flatMap(notice => wrap(notice, width));
	return [title, ...reason, ...stateOf(row), ...hidden, ...meanings];
}

/** What the API server says of the row and no column has room for. */
function stateOf(row: Row | undefined): readonly string[] {
	switch (row?.kind) {
		case 'node':
			return (row.info?.problems ?? []).map(
				({type, status, reason, message}) =>
					`  ${type} is ${status}${reason === undefined ? '' : `: ${reason}`}${message === undefined ? '' : ` (${message})`}`,
			);
		case 'pod':
			return row.info?.containers.flatMap(describeContainer) ?? [];
		case 'container':
			return row.info === undefined ? [] : describeContainer(row.info);
		case 'tree':
			return stateOf(row.of);
		default:
			return [];
	}
}

/** `  main waits: CrashLoopBackOff; ended before: Error 1`; nothing of one that runs and always did. */
function describeContainer(container: ContainerInfo): readonly string[] {
	const {name, state} = container;
	const ended = lastTermination(container);
	const now =
		state.kind === 'waiting'
			? `waits: ${state.reason ?? 'for no stated reason'}`
			: state.kind === 'terminated'
				? 'has ended'
				: state.kind === 'running'
					? 'runs'
					: 'was never started';
	return state.kind === 'running' && ended === undefined
		? []
		: [`  ${name} ${now}${ended === undefined ? '' : `; ended last with ${ended}`}`];
}

function failureOfRow(row: Row | undefined): Failure | undefined {
	if (row?.kind === 'tree') {
		return failureOfRow(row.of);
	}

	if (row?.kind !== 'node') {
		return undefined;
	}

	return failureOf(row.state);
}

function wrap(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '  ';
	for (const word of text.split(' ')) {
		if (line.length + word.length + 1 > width && line.trim() !== '') {
			lines.push(line);
			line = '  ';
		}

		line += `${line.trim() === '' ? '' : ' '}${word}`;
	}

	return [...lines, line];
}

/** As much of an overlay as fits, from a line on; says where there is more. */
export function fillOverlay(
	lines: readonly string[],
	offset: number,
	width: number,
	height: number,
	theme: Theme,
): readonly string[] {
	const start = Math.min(offset, Math.max(lines.length - height, 0));
	const window = lines.slice(start, start + height);
	const rest = lines.length - start - height;
	const shown =
		rest > 0 ? [...window.slice(0, Math.max(height - 1, 1)), `  … ${rest + 1} more lines below`] : window;
	return Array.from({length: height}, (_, index) => {
		// What the cluster says of itself is among the lines.
		return fitText(printable(shown[index] ?? ''), width, false, theme.ellipsis);
	});
}
