import {absentNamespaces} from '../connect/absent.ts';
import {hasPast} from '../connect/has-past.ts';
import {downsamplingNotices, memoryBudget} from '../connect/memory-budget.ts';
import {openSourcesOrStandIn} from '../connect/open-sources.ts';
import {CONCURRENCY, openStore, staleAfterMs} from '../connect/open-store.ts';
import {ScrapedNodes} from '../connect/scraped-nodes.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import {watchControllers} from '../connect/watch-controllers.ts';
import type {PastSource} from '../history/past/past-source.ts';
import {columnsWithin} from '../metrics/columns/columns-within.ts';
import {inCluster} from '../metrics/model/cluster-of-row.ts';
import type {Column} from '../metrics/model/column.ts';
import {LIST_LEVELS} from '../metrics/model/levels.ts';
import type {Log} from '../metrics/model/log.ts';
import {failureOf} from '../metrics/model/node-state.ts';
import type {Row} from '../metrics/model/row.ts';
import type {ListLevel, Source} from '../metrics/model/view.ts';
import type {Store} from '../metrics/store/store.ts';
import {parseFilter} from '../metrics/view/filter.ts';
import {filterAdvice} from '../metrics/view/filter-advice.ts';
import type {Options, OptionsOf} from '../options/options.ts';
import {printView} from '../output/print-view.ts';
import {Warnings} from '../output/warnings.ts';
import {collect} from '../scrape/collect.ts';
import {pause} from '../scrape/pause.ts';
import {SkippedRounds} from '../scrape/skipped-rounds.ts';
import type {Target} from '../scrape/target.ts';
import {KubeletWorkers} from '../scrape/workers/kubelet-workers.ts';
import {boundHeaps, leaveParserUnoptimized} from './v8-flags.ts';

/** 128 + SIGINT, as shells count. */
export const INTERRUPTED = 130;

/** One snapshot of fewer nodes ends before there is much to collect. */
const MANY_NODES = 100;

/** Prints one snapshot, or one an interval with `--watch`; the exit code. */
export async function printSnapshots(
	options: OptionsOf<'run'>,
	signal: AbortSignal,
	log?: Log,
): Promise<number> {
	const total = options.output.count ?? (options.output.isWatching ? Number.POSITIVE_INFINITY : 1);
	leaveParserUnoptimized();
	// First, so that a wrong `--history` is reported before anything else is opened.
	const past = hasPast(options.origin)
		? await (await import('../connect/open-past.ts')).openPast(options, {
				live: () => store,
				onChange: () => {},
				isAlone: () => store.nodeCount === 0,
				log,
			})
		: undefined;
	// Nothing has to be closed before the sources are open, so Ctrl-C ends the process without waiting for a server.
	const leave = (): void => {
		process.stderr.write('ktop: interrupted\n');
		process.exit(INTERRUPTED);
	};
	signal.addEventListener('abort', leave, {once: true});
	const workers = new KubeletWorkers();
	const sources = await openSourcesOrStandIn(
		options,
		{...processSurroundings(() => false, log), isOnce: total === 1},
		workers.open,
	);
	signal.removeEventListener('abort', leave);
	const {windowMs = 0} = asked(options).query;
	// A pipe prints only the newest samples, and rates need two of them; statistics need all of their window.
	const budget = memoryBudget(options.polling.memoryBytes);
	const store = openStore(sources, Math.max(2 * sources.intervalMs, windowMs), {ringBytes: budget.ringBytes});
	const source: Source = past ?? store;
	const nodes = new ScrapedNodes({store, log});
	nodes.update({added: sources.targets, removed: []});
	if (nodes.size >= MANY_NODES) {
		boundHeaps(() => nodes.size);
	}

	// A node that hangs takes all of its time, in which the figures of the others get old.
	const hanging = new SkippedRounds();
	const scrape = (targets: readonly Target[]): Promise<void> =>
		collect(
			targets.filter(target => hanging.isDue(target)),
			{
				timeoutMs: options.polling.requestTimeoutMs,
				concurrency: CONCURRENCY,
				signal,
				now: Date.now,
				onScrape(target, read, state) {
					hanging.worked(target);
					nodes.onScrape(target, read, state);
				},
				onFailure(target, state) {
					if (state.failure.code === 'timeout') {
						hanging.failed(target);
					}

					nodes.onFailure(target, state);
				},
				needsAnother: target => needsAnother(store, target),
				// A connection with TLS takes a tenth of a megabyte.
				onCollected: total === 1 ? target => void target.close().catch(() => {}) : undefined,
				processes: () => (options.selection.level === 'processes' ? 'names' : undefined),
			},
		);
	const warnings = new Warnings();
	let hasData = false;
	let absent: readonly string[] = [];
	try {
		for (let printed = 0; printed < total && !signal.aborted; printed++) {
			const startedMs = performance.now();
			hanging.begin();
			const listed = sources.whenListed.then(() =>
				options.selection.level === 'workloads' ? watchControllers(sources) : undefined,
			);
			await Promise.all([listed, scrape(nodes.targets)]);
			await scrape(nodes.update(sources.refresh()));
			const nowMs = Date.now();
			await past?.whenStandInIsThere(printedLevel(options), nowMs);
			if (windowMs > 0) {
				await past?.whenStatisticsAreThere(levelsWithStatistics(options), windowMs, nowMs);
			}

			if (signal.aborted) {
				break;
			}

			absent =
				sources.inventory === undefined && sources.clusters === undefined
					? absentNamespaces(source, options.selection.namespaces, nowMs)
					: sources.absent();
			const notices = [
				...new Set([
					...absent,
					...sources.notices(),
					...downsamplingNotices(store.downsampled, budget, sources.intervalMs, ' or a shorter time'),
				]),
			];
			for (const line of [
				...notices,
				...troubleOf(past),
				...filteredInVain(source, asked(options), nowMs),
				...(windowMs > 0 && total === 1 && past === undefined ? [NO_WINDOW] : []),
				...failuresOf(source),
			]) {
				warnings.once(line);
			}

			hasData ||= source
				.view({level: 'nodes'}, 'live', nowMs)
				.rows.some(row => row.receivedAtMs !== undefined);
			await printView(source, {
				...asked(options),
				sourceLabel: sources.label,
				context: sources.context,
				kubernetesVersion: sources.kubernetesVersion,
				isDemo: sources.isDemo,
				clusters: sources.clusters?.states(),
				nowMs,
				isFirst: printed === 0,
				staleAfterMs: staleAfterMs(sources.intervalMs),
				notices,
			});
			if (printed + 1 < total) {
				await pause(startedMs + sources.intervalMs - performance.now(), signal);
			}
		}
		if (!hasData && !signal.aborted) {
			for (const line of nothingRead(source, sources.label, absent.length > 0)) {
				warnings.once(line);
			}
		}
	} finally {
		await nodes.close();
		await past?.close();
		await sources.close();
		await workers.stop();
	}

	return hasData && absent.length === 0 ? 0 : 1;
}

/** The level whose rows are printed; JSON and problems need all of them, and namespaces are sums of all others. */
function printedLevel({selection, output}: Pick<Options, 'selection' | 'output'>): ListLevel {
	const isTable = output.format === 'csv' || output.format === 'table';
	return isTable && selection.level !== 'problems' ? selection.level : 'namespaces';
}

const NO_WINDOW =
	'statistics of one snapshot are unknown: add -w or --count for samples of several, or --history for former ones';

/** The levels whose statistics are printed. */
function levelsWithStatistics({
	selection,
	output,
}: Pick<Options, 'selection' | 'output'>): readonly ListLevel[] {
	const isTable = output.format === 'csv' || output.format === 'table';
	return LIST_LEVELS.filter(level => !isTable || level === selection.level);
}

/** Advice on a filter that matches no row. */
function filteredInVain(
	source: Source,
	{level, query: {filter = '', ...query}}: Pick<ReturnType<typeof asked>, 'level' | 'query'>,
	nowMs: number,
): readonly string[] {
	if (filter === '') {
		return [];
	}

	const {rows, total, columns} = source.view({...query, level, filter}, 'live', nowMs);
	const advice = filterAdvice(filter, columns, {rows: rows.length, total});
	return advice.kind === 'ok' ? [] : [advice.message];
}

/** The failure of the history store, as a warning. */
function troubleOf(past: PastSource | undefined): readonly string[] {
	const status = past?.status;
	return [
		...(status?.kind === 'failed' ? [`no history: ${status.failure.message}; ${status.failure.hint}`] : []),
		...(past?.notices() ?? []),
	];
}

/** The format, level, filter, sort order and window given by the options. */
export function asked({selection, output, polling}: Pick<Options, 'selection' | 'output' | 'polling'>) {
	const {level, namespaces, filter, sort, group} = selection;
	const windowMs = output.statisticsMs ?? (usesStatistics(selection) ? polling.windowMs : undefined);
	return {format: output.format, level, group, query: {scope: {namespaces}, filter, sort, windowMs}};
}

/** Whether a table is sorted or filtered by statistics. */
function usesStatistics({level, sort, filter = ''}: Options['selection']): boolean {
	const others: ReadonlyArray<Column<Row>> = columnsWithin(level, undefined);
	return (
		(sort !== undefined && !others.some(({id}) => id === sort.column)) ||
		parseFilter<Row>(filter, others).kind === 'problem'
	);
}

/** A node with memory but without a rate of CPU sends counters only: rates need a second sample. */
function needsAnother(store: Store, {id}: Target): boolean {
	const row = store.nodeRow(id);
	return row !== undefined && row.cpuCores === undefined && row.memoryWorkingSetBytes !== undefined;
}

/** Warnings that explain exit code 1; not that there is no node where the one that was named is said to be absent. */
function nothingRead(source: Source, label: string, isAbsent: boolean): readonly string[] {
	const {rows} = source.view({level: 'nodes'}, 'live', Date.now());
	const virtual = rows.find(({info}) => info?.isVirtual);
	const failure = virtual && failureOf(virtual.state);
	return [
		...(failure === undefined ? [] : [`${failure.message}; ${failure.hint}`]),
		...(rows.length > 0
			? [
					`nothing could be read of ${rows.length === 1 ? 'the one node' : `${rows.length} nodes`} of ${label}`,
				]
			: isAbsent
				? []
				: [`nothing could be read: ${label} has no node`]),
	];
}

/** Warnings about nodes that were not read, or not by their best route. Virtual nodes are left out. */
function failuresOf(source: Source): readonly string[] {
	return source.view({level: 'nodes'}, 'live', Date.now()).rows.flatMap(({cluster, name, state, info}) => {
		const failure = failureOf(state);
		return failure === undefined || info?.isVirtual
			? []
			: [`${inCluster(cluster, name)}: ${failure.message}; ${failure.hint}`];
	});
}
