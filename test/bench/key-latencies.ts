import {setTimeout} from 'node:timers/promises';
import type {Terminal} from '../e2e/terminal.ts';

export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** Milliseconds from a key to the first byte that follows, each after the screen was quiet for a moment. */
export async function keyLatencies(
	terminal: Terminal,
	keys: readonly string[],
	count: number,
): Promise<readonly number[]> {
	const latencies: number[] = [];
	for (let index = 0; index < count; index++) {
		await setTimeout(70 + (index % 7) * 13);
		const before = terminal.written().length;
		const startedAt = performance.now();
		terminal.type(keys[index % keys.length] ?? 'j');
		while (terminal.written().length === before && performance.now() - startedAt < 2000) {
			await setTimeout(1);
		}

		latencies.push(performance.now() - startedAt);
	}

	return latencies;
}
