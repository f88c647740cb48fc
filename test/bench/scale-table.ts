import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const README = join(import.meta.dirname, 'README.md');

/** The head of the table of `bench:scale`; its rows are told apart by their first two cells. */
export const HEAD =
	'| nodes | containers | visits/s | CPU ms a visit | of the main thread | bare GET + JSON.parse | ratio | cores | resident MiB | with a full window | resident MiB of the bare reader | key p95 ms | rig CPU ms a visit |\n' +
	`|${' ---: |'.repeat(13)}`;

/** The table with a row in the place of the one of as many nodes and containers, in their order. */
export function withRow(table: string, row: string): string {
	const others = table
		.split('\n')
		.slice(2)
		.filter(line => line.startsWith('|') && sizeOf(line).join() !== sizeOf(row).join());
	const rows = [...others, row].sort((one, other) => {
		const [nodes = 0, containers = 0] = sizeOf(one);
		const [otherNodes = 0, otherContainers = 0] = sizeOf(other);
		return nodes - otherNodes || containers - otherContainers;
	});
	return [HEAD, ...rows, ...slopeOf(rows)].join('\n');
}

/** What a node more costs, by least squares over rows of the same density: a sentence, where there are two rows. */
function slopeOf(rows: readonly string[]): readonly string[] {
	const cells = rows.map(row => row.split('|').slice(1, -1).map(Number));
	const densityOf = ([nodes = 0, containers = 0]: readonly number[]): number => containers / nodes;
	const [last = []] = cells.slice(-1);
	const alike = cells.filter(row => densityOf(row) === densityOf(last));
	const nodes = alike.map(([count = 0]) => count);
	const lineThrough = (column: number) =>
		leastSquares(
			nodes,
			alike.map(row => row[column] ?? 0),
		);
	if (alike.length < 2) {
		return [];
	}

	const [cores, visits, memory] = [lineThrough(CORES), lineThrough(VISITS), lineThrough(RESIDENT)];
	return [
		'',
		`From ${Math.min(...nodes)} to ${Math.max(...nodes)} nodes with ${densityOf(last)} containers each, a node more costs ${((cores.slope / visits.slope) * 1000).toFixed(2)} ms of CPU time a visit and ${(memory.slope * 1024).toFixed(0)} KiB, beside ${cores.start.toFixed(2)} of a core and ${memory.start.toFixed(0)} MiB that are always there.`,
	];
}

const VISITS = 2;
const CORES = 7;
const RESIDENT = 8;

function leastSquares(
	xs: readonly number[],
	ys: readonly number[],
): {readonly slope: number; readonly start: number} {
	const mean = (values: readonly number[]): number =>
		values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(xs), mean(ys)];
	const slope =
		xs.reduce((sum, value, index) => sum + (value - x) * ((ys[index] ?? 0) - y), 0) /
		xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
	return {slope, start: y - slope * x};
}

function sizeOf(row: string): readonly number[] {
	return row.split('|').slice(1, 3).map(Number);
}

/** Replaces what stands between `<!-- NAME: … -->` and `<!-- end -->` in README.md. */
export function writeTable(name: string, change: (table: string) => string): void {
	const text = readFileSync(README, 'utf8');
	const found = new RegExp(`(<!-- ${name}: [^\n]* -->\n\n)([^]*?)(\n\n<!-- end -->)`).exec(text);
	const [whole, before, table, after] = found ?? [];
	if (whole === undefined || table === undefined) {
		throw new Error(`README.md has no table <!-- ${name}: … -->`);
	}

	writeFileSync(
		README,
		text.replace(whole, () => `${before}${change(table)}${after}`),
	);
	// Aligns the columns.
	execFileSync('npx', ['biome', 'format', '--write', README], {stdio: 'ignore'});
}
