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
	return [HEAD, ...rows].join('\n');
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
