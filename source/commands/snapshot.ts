import {absentNamespaces} from '../connect/absent.ts';
import type {OpenSources} from '../connect/open-source.ts';
import {openSourcesOrStandIn} from '../connect/open-sources.ts';
import {CONCURRENCY, openStore, staleAfterMs} from '../connect/open-store.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import type {PastSource} from '../history/past/past-source.ts';
import {leaveParserUnoptimized} from '../http/one-shot.ts';
import {failureOf} from '../metrics/model/node-state.ts';
import {printable} from '../metrics/model/printable.ts';
import type {Source} from '../metrics/model/view.ts';
import type {Store} from '../metrics/store/store.ts';
import {filterAdvice} from '../metrics/view/filter-advice.ts';
import type {Options, OptionsOf} from '../options/options.ts';
import {formatCsv} from '../output/format-csv.ts';
import {formatJsonLine} from '../output/format-json.ts';
import {formatTable} from '../output/format-table.ts';
import {takeSnapshot} from '../output/snapshot.ts';
import {collect} from '../scrape/collect.ts';
import {pause} from '../scrape/pause.ts';
import type {Target} from '../scrape/target.ts';

/** 128 + SIGINT, as shells count. */
export const INTERRUPTED = 130;

/** Prints one snapshot, or one an interval with `--watch`; the exit code. */
export async function printSnapshots(options: OptionsOf<'run'>, signal: AbortSignal): Promise<number> {
	const total = options.output.count ?? (options.output.isWatching ? Number.POSITIVE_INFINITY : 1);
	if (total === 1) {
		leaveParserUnoptimized();
	}

	// First of all, since what is wrong with it is told before anything is open.
	const past =
		options.origin.history &&
		(await (
			await import('../connect/open-past.ts')
		).openPast(options.origin.history, options.polling.requestTimeoutMs, {
			live: () => store,
			onChange: () => {},
			isAlone: () => store.nodeCount === 0,
		}));
	// Until the sources are open there is nothing to be closed, and servers that hang are not waited for.
	const leave = (): void => {
		process.stderr.write('ktop: interrupted\n');
		process.exit(INTERRUPTED);
	};
	signal.addEventListener('abort', leave, {once: true});
	const sources = await openSourcesOrStandIn(
		options,
		processSurroundings(() => false),
	);
	signal.removeEventListener('abort', leave);
	// A pipe looks at the newest samples alone: two moments are all that rates need.
	const store = openStore(sources, 2 * sources.intervalMs);
	const source: Source = past ?? store;
	const targets = new Map(sources.targets.map(target => [target.id, target]));
	const warned = new Set<string>();
	let hasData = false;
	let absent: readonly string[] = [];
	try {
		for (let printed = 0; printed < total && !signal.aborted; printed++) {
			const startedMs = Date.now();
			await Promise.all([
				sources.whenListed,
				collectInto(store, [...targets.values()], options.polling, signal),
			]);
			await collectInto(store, updateTargets(sources, store, targets), options.polling, signal);
			const nowMs = Date.now();
			await past?.whenStandInIsThere(nowMs);
			if (signal.aborted) {
				break;
			}

			absent =
				sources.inventory === undefined
					? absentNamespaces(source, options.selection.namespaces, nowMs)
					: sources.absent();
			const notices = [...new Set([...absent, ...sources.notices()])];
			warn(
				source,
				[...notices, ...troubleOf(past), ...filteredInVain(source, options.selection, nowMs)],
				warned,
			);
			hasData ||= source
				.view({level: 'nodes'}, 'live', nowMs)
				.rows.some(row => row.receivedAtMs !== undefined);
			await printStore(source, options, {
				...sources,
				nowMs,
				isFirst: printed === 0,
				staleAfterMs: staleAfterMs(sources.intervalMs),
				notices,
			});
			if (printed + 1 < total) {
				await pause(startedMs + sources.intervalMs - Date.now(), signal);
			}
		}
		if (!hasData && !signal.aborted) {
			tellNothingRead(source, sources.label, warned);
		}
	} finally {
		await Promise.allSettled([...targets.values()].map(target => target.close()));
		await past?.close();
		await sources.close();
	}

	return hasData && absent.length === 0 ? 0 : 1;
}

/** What there is to filter by, where no row matches. */
function filteredInVain(
	source: Source,
	{level, namespaces, filter = ''}: Options['selection'],
	nowMs: number,
): readonly string[] {
	if (filter === '') {
		return [];
	}

	const {rows, total, columns} = source.view({level, scope: {namespaces}, filter}, 'live', nowMs);
	const advice = filterAdvice(filter, columns, {rows: rows.length, total});
	return advice.kind === 'ok' ? [] : [advice.message];
}

/** Why a store of the past stands in for nothing. */
function troubleOf(past: PastSource | undefined): readonly string[] {
	const status = past?.status;
	return status?.kind === 'failed' ? [`no history: ${status.failure.message}; ${status.failure.hint}`] : [];
}

/** Keeps the targets equal to who is there; those that are new. */
function updateTargets(sources: OpenSources, store: Store, targets: Map<string, Target>): readonly Target[] {
	const {added, removed} = sources.refresh();
	for (const target of added) {
		void targets.get(target.id)?.close();
		targets.set(target.id, target);
		store.addNode(target.id, target.name);
	}

	for (const id of removed) {
		void targets.get(id)?.close();
		targets.delete(id);
		store.removeNode(id);
	}

	return added;
}

async function collectInto(
	store: Store,
	targets: readonly Target[],
	{requestTimeoutMs: timeoutMs}: Options['polling'],
	signal: AbortSignal,
): Promise<void> {
	await collect(targets, {
		timeoutMs,
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
	const row = store.find('nodes', id, 'live', Date.now());
	return row !== undefined && row.cpuCores === undefined && row.memoryWorkingSetBytes !== undefined;
}

/** What is known of a store besides what is in it. */
export type Printed = {
	readonly nowMs: number;
	/** Whether nothing was printed before: CSV begins with its headings. */
	readonly isFirst: boolean;
	readonly label: string;
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	readonly isDemo: boolean;
	readonly staleAfterMs: number;
	readonly notices: readonly string[];
};

/** Prints what is in a store in the format of the options; resolves when the reader took it. */
export function printStore(
	source: Source,
	options: Pick<Options, 'selection' | 'output'>,
	printed: Printed,
): Promise<void> {
	return write(format(source, options, printed));
}

function format(
	source: Source,
	{selection, output}: Pick<Options, 'selection' | 'output'>,
	printed: Printed,
): string {
	const {nowMs, isFirst} = printed;
	const query = {
		scope: {namespaces: selection.namespaces},
		filter: selection.filter,
		sort: selection.sort ?? {column: 'name', isDescending: false},
	};
	switch (output.format ?? 'json') {
		case 'json':
		case 'ndjson':
			return `${formatJsonLine(
				takeSnapshot(source, {
					nowMs,
					sourceLabel: printed.label,
					context: printed.context,
					kubernetesVersion: printed.kubernetesVersion,
					notices: printed.notices,
					isDemo: printed.isDemo,
					staleAfterMs: printed.staleAfterMs,
					level: selection.level,
					query,
				}),
			)}\n`;
		case 'csv':
			return formatCsv(source.view({...query, level: selection.level}, 'live', nowMs), nowMs, isFirst);
		case 'table':
			return formatTable(source.view({...query, level: selection.level}, 'live', nowMs));
	}
}

/** Why the exit code is 1. */
function tellNothingRead(source: Source, label: string, warned: Set<string>): void {
	const {rows} = source.view({level: 'nodes'}, 'live', Date.now());
	const virtual = rows.find(({info}) => info?.isVirtual);
	const failure = virtual && failureOf(virtual.state);
	if (failure !== undefined) {
		tell(`ktop: ${failure.message}; ${failure.hint}`, warned);
	}

	tell(
		rows.length === 0
			? `ktop: nothing could be read: ${label} has no node`
			: `ktop: nothing could be read of ${rows.length === 1 ? 'the one node' : `${rows.length} nodes`} of ${label}`,
		warned,
	);
}

/** One line for each node that could not be read and for all that is hidden, and for each reason once. */
function warn(source: Source, notices: readonly string[], warned: Set<string>): void {
	for (const notice of notices) {
		tell(`ktop: ${notice}`, warned);
	}

	for (const {name, state, info} of source.view({level: 'nodes'}, 'live', Date.now()).rows) {
		const failure = failureOf(state);
		const line = failure && `ktop: ${name}: ${failure.message}; ${failure.hint}`;
		if (line !== undefined && !info?.isVirtual) {
			tell(line, warned);
		}
	}
}

function tell(line: string, warned: Set<string>): void {
	if (!warned.has(line)) {
		warned.add(line);
		// Servers have a say in it, and none in the terminal.
		process.stderr.write(`${printable(line)}\n`);
	}
}

/** Waits until the reader took it, so that a slow pipe holds up the polling and not the memory. */
function write(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		process.stdout.write(text, error => (error ? reject(error) : resolve()));
	});
}
