import type {NodeState} from '../metrics/node-state.ts';
import type {Store} from '../metrics/store.ts';
import type {Options} from '../options/options.ts';
import {formatCsv} from '../output/format-csv.ts';
import {formatJsonLine} from '../output/format-json.ts';
import {formatTable} from '../output/format-table.ts';
import {takeSnapshot} from '../output/snapshot.ts';
import {collect} from '../scrape/collect.ts';
import {pause} from '../scrape/pause.ts';
import type {Target} from '../scrape/target.ts';
import {CONCURRENCY, openStore, staleAfterMs} from './open-store.ts';
import {type OpenTargets, openTargets} from './open-targets.ts';

/** Prints one snapshot, or one an interval with `--watch`; the exit code. */
export async function printSnapshots(options: Options, signal: AbortSignal): Promise<number> {
	const sources = await openTargets(options);
	// A pipe looks at the newest samples alone: two moments are all that rates need.
	const store = openStore(sources.targets, sources.intervalMs, 2 * sources.intervalMs);
	const warned = new Set<string>();
	try {
		const total = options.count ?? (options.isWatching ? Number.POSITIVE_INFINITY : 1);
		for (let printed = 0; printed < total && !signal.aborted; printed++) {
			const startedMs = Date.now();
			await collectInto(store, sources.targets, options, signal);
			if (signal.aborted) {
				break;
			}

			warn(store, warned);
			await write(format(store, sources, options, printed === 0));
			if (printed + 1 < total) {
				await pause(startedMs + sources.intervalMs - Date.now(), signal);
			}
		}
	} finally {
		await Promise.allSettled(sources.targets.map(target => target.close()));
		await sources.close();
	}

	return hasData(store) ? 0 : 1;
}

async function collectInto(
	store: Store,
	targets: readonly Target[],
	options: Options,
	signal: AbortSignal,
): Promise<void> {
	await collect(targets, {
		timeoutMs: options.requestTimeoutMs,
		concurrency: CONCURRENCY,
		signal,
		onScrape: (target, {readings, route, latencyMs, degraded}) =>
			store.apply(target.id, readings, {kind: 'live', route, latencyMs, degraded}),
		onFailure: (target, failure) => {
			const nowMs = Date.now();
			store.setState(target.id, {kind: 'failed', failure, sinceMs: nowMs, attempts: 1, retryAtMs: nowMs});
		},
		needsAnother: target => needsAnother(store, target),
	});
}

/** A node that has memory but no CPU yet tells counters alone: their rates need a second sample. */
function needsAnother(store: Store, {id}: Target): boolean {
	const row = store.find('nodes', id, 'live');
	return row !== undefined && row.cpuCores === undefined && row.memoryWorkingSetBytes !== undefined;
}

function format(store: Store, sources: OpenTargets, options: Options, isFirst: boolean): string {
	const nowMs = Date.now();
	const query = {
		scope: {namespace: options.namespace},
		filter: options.filter,
		sort: options.sort ?? {column: 'name', isDescending: false},
	};
	switch (options.output ?? 'json') {
		case 'json':
		case 'ndjson':
			return `${formatJsonLine(
				takeSnapshot(store, {
					nowMs,
					sourceLabel: sources.label,
					isDemo: sources.isDemo,
					staleAfterMs: staleAfterMs(sources.intervalMs),
					level: options.level,
					query,
				}),
			)}\n`;
		case 'csv':
			return formatCsv(store.view({...query, level: options.level}, 'live', nowMs), nowMs, isFirst);
		case 'table':
			return formatTable(store.view({...query, level: options.level}, 'live', nowMs));
	}
}

/** One line for each node that could not be read, and for each reason once. */
function warn(store: Store, warned: Set<string>): void {
	for (const {name, state} of store.view({level: 'nodes'}, 'live', Date.now()).rows) {
		const failure = failureOf(state);
		const line = failure && `ktop: ${name}: ${failure.message}; ${failure.hint}\n`;
		if (line !== undefined && !warned.has(line)) {
			warned.add(line);
			process.stderr.write(line);
		}
	}
}

function failureOf(state: NodeState) {
	return state.kind === 'failed' ? state.failure : state.kind === 'live' ? state.degraded : undefined;
}

function hasData(store: Store): boolean {
	return store.view({level: 'nodes'}, 'live', Date.now()).rows.some(row => row.receivedAtMs !== undefined);
}

/** Waits until the reader took it, so that a slow pipe holds up the polling and not the memory. */
function write(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		process.stdout.write(text, error => (error ? reject(error) : resolve()));
	});
}
