import {totalmem} from 'node:os';
import type {Downsampled} from '../metrics/store/ring-budget.ts';
import {formatSize} from '../options/size.ts';

/** The share of the machine's memory that ktop plans with by default. */
const DEFAULT_SHARE = 1 / 4;

/** The share of it for rings. Rows, names and connections take the rest. */
const RING_SHARE = 1 / 2;

export type MemoryBudget = {
	readonly bytes: number;
	/** What the rings of all nodes may take together. */
	readonly ringBytes: number;
	readonly isGiven: boolean;
};

/** What `--memory` gives, by default a quarter of what the machine, or the cgroup that ktop is in, may use. */
export function memoryBudget(
	givenBytes: number | undefined,
	// Without a limit libuv says 0, or 2^64.
	{machineBytes, limitBytes} = {machineBytes: totalmem(), limitBytes: process.constrainedMemory()},
): MemoryBudget {
	const usableBytes = limitBytes > 0 ? Math.min(machineBytes, limitBytes) : machineBytes;
	const bytes = givenBytes ?? usableBytes * DEFAULT_SHARE;
	return {bytes, ringBytes: Math.floor(bytes * RING_SHARE), isGiven: givenBytes !== undefined};
}

/**
 * A line that says that the past is coarser than it was read, why, and what helps; none where it is not. The same as long
 * as not much changes, since a pipe prints each line once.
 */
export function downsamplingNotices(
	downsampled: Downsampled | undefined,
	{bytes, isGiven}: MemoryBudget,
	intervalMs: number,
	orElse = ' or a shorter --window',
): readonly string[] {
	if (downsampled === undefined) {
		return [];
	}

	const {whole, coarsest, wholeBytes, budgetBytes} = downsampled;
	const memory = `--memory ${formatSize(bytes)}${isGiven ? '' : ', the default here'}`;
	const cause =
		downsampled.bytes > budgetBytes
			? `, and still take more than the ${formatSize(budgetBytes)} for them of ${memory}`
			: ` (${memory})`;
	const keepsAllBytes = 2 ** Math.ceil(Math.log2(wholeBytes / RING_SHARE));
	return [
		`samples before the last ${roughly(whole * intervalMs)} are means of up to ${roughly(coarsest * intervalMs)}${cause}: ` +
			`--memory ${formatSize(keepsAllBytes)}${orElse} keeps all`,
	];
}

/** In whole seconds, minutes or hours, at least two of a unit. */
function roughly(ms: number): string {
	const minutes = ms / 60_000;
	return minutes < 2
		? `${Math.round(ms / 1000)}s`
		: minutes < 120
			? `${Math.floor(minutes)}m`
			: `${Math.floor(minutes / 60)}h`;
}
