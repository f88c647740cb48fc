import {namespaceKey} from '../model/namespace-key.ts';
import type {NamespaceRow, PodRow, WorkloadRow} from '../model/row.ts';
import type {StatisticSeries, Statistics} from '../model/statistics.ts';
import type {SumOfPods} from '../model/sum-of-pods.ts';
import type {HistoryWindow, Span} from '../model/view.ts';
import {statisticsOfKnown} from '../rings/statistics.ts';
import type {WindowSteps} from '../rings/window-steps.ts';
import type {Steps} from '../view/in-turns.ts';
import type {PodOnNode} from './namespace-pods.ts';
import {addSteps, type NodeRecord, type WithSeries} from './node-record.ts';
import {idOfNamespace} from './roll-up-namespaces.ts';
import {SumEditions} from './sum-editions.ts';

/** A longer window has longer steps. */
const MOST_STEPS = 120;

/** The step before it is known how often nodes are read. */
const LEAST_STEP_MS = 1000;

/** How many objects may be summed between two calls of `advanceAsked` without a turn of their own: some milliseconds. */
const AT_ONCE = 2048;

/** How many pods are summed, or sums judged, in a step: some 100 microseconds. */
const PODS_A_STEP = 32;

const SERIES: readonly StatisticSeries[] = ['cpuCores', 'memoryWorkingSetBytes'];

type TableRow = NamespaceRow | WorkloadRow;

/** The sum of each series in the steps of a window, and 1 for each step in which all of its nodes were read. */
type Sum = {
	readonly values: readonly Float64Array[];
	readonly covered: Uint8Array;
	lastCovered: Uint8Array | undefined;
};

type KnownOfRow = ReadonlyArray<Statistics | undefined>;

type NodeSteps = {readonly steps: WindowSteps; readonly covered: Uint8Array};

type PodsOfWorkloads = Iterable<readonly [id: string, pod: PodRow]>;

export type SumStatisticsOptions = {
	readonly nodes: ReadonlyMap<string, NodeRecord>;
	/** The pods of a namespace that nodes report. */
	readonly podsOf: (namespace: NamespaceRow) => Iterable<PodOnNode>;
	/**
	 * The pods on a node of which workloads at a moment are sums, with the ids of their rows; undefined where sums of all are
	 * made at once. Else those of many are made in turns, by `advance` and `advanceAsked`.
	 */
	readonly workloadsOn: ((node: NodeRecord, atMs: number) => PodsOfWorkloads) | undefined;
};

/**
 * Statistics of sums of pods: their usage together in each step of a window, a step being as long as nodes are read
 * apart or longer. A step in which a node with one of the pods was not read, and with it all before ktop began, is left
 * out: its sum would be too low.
 *
 * Sums over all pods of a large cluster take long, so each is made once a step. All of a table are made together, node by
 * node: pods of a node lie together in memory, and share the moments at which they were read.
 */
export class SumStatistics {
	readonly #options: SumStatisticsOptions;
	#window: HistoryWindow = {points: 0, stepMs: 0, endMs: 0};
	/** By the id of a row, for each series; of a group with its edition. */
	#known = new Map<string, KnownOfRow>();
	/** Those of the window that ended a step before. */
	#before: ReadonlyMap<string, KnownOfRow> = new Map();
	/** What is summed in turns, by the kind of rows. */
	readonly #making = new Map<TableRow['kind'], Steps<void>>();
	/** Of which kinds all rows are known. */
	readonly #made = new Set<TableRow['kind']>();
	/** Where the values of each node are, and the steps in which it was read. */
	readonly #steps = new Map<NodeRecord, NodeSteps>();
	/** One array for all nodes that were read in the same steps, which most were. */
	readonly #covered = new Map<string, Uint8Array>();
	readonly #editions = new SumEditions();
	#left = AT_ONCE;

	constructor(options: SumStatisticsOptions) {
		this.#options = options;
	}

	/** Of so many pods, those of before until `advanceAsked` has made them. */
	of(row: SumOfPods, series: StatisticSeries, span: Span): Statistics | undefined {
		this.#moveTo(span);
		const {workloadsOn} = this.#options;
		if (
			workloadsOn !== undefined &&
			row.kind !== 'group' &&
			!this.#made.has(row.kind) &&
			!this.#known.has(row.id)
		) {
			if (this.#left < row.podCount) {
				this.#begin(row.kind, span.newestMs, workloadsOn);
				return this.#before.get(row.id)?.[SERIES.indexOf(series)];
			}

			this.#left -= row.podCount;
		}

		return this.atOnce(row, series, span);
	}

	/** The same, never those of before. */
	atOnce(row: SumOfPods, series: StatisticSeries, span: Span): Statistics | undefined {
		this.#moveTo(span);
		const key = row.kind === 'group' ? `${row.id} ${this.#editions.of(row)}` : row.id;
		const known = this.#known.get(key) ?? statisticsOfSum(this.#sumOf(row));
		this.#known.set(key, known);
		return known[SERIES.indexOf(series)];
	}

	/** Sums as long as there is time; returns whether what `of` gives of a row is known. */
	advance(row: SumOfPods, span: Span, hasTime: () => boolean): boolean {
		this.#moveTo(span);
		const {workloadsOn} = this.#options;
		if (workloadsOn === undefined || row.kind === 'group' || this.#known.has(row.id)) {
			return true;
		}

		return (
			this.#made.has(row.kind) ||
			this.#go(row.kind, this.#begin(row.kind, span.newestMs, workloadsOn), hasTime)
		);
	}

	/** Makes what `of` was asked for as long as there is time; returns whether there was nothing to do. */
	advanceAsked(hasTime: () => boolean): boolean {
		this.#left = AT_ONCE;
		const wasMade = this.#making.size === 0;
		for (const [kind, steps] of this.#making) {
			if (!this.#go(kind, steps, hasTime)) {
				break;
			}
		}

		return wasMade;
	}

	#begin(
		kind: TableRow['kind'],
		atMs: number,
		workloadsOn: NonNullable<SumStatisticsOptions['workloadsOn']>,
	): Steps<void> {
		const steps = this.#making.get(kind) ?? this.#sumTable(kind, node => workloadsOn(node, atMs));
		this.#making.set(kind, steps);
		return steps;
	}

	/** Returns whether all is summed. */
	#go(kind: TableRow['kind'], steps: Steps<void>, hasTime: () => boolean): boolean {
		do {
			if (steps.next().done === true) {
				this.#making.delete(kind);
				this.#made.add(kind);
				return true;
			}
		} while (hasTime());
		return false;
	}

	#moveTo({oldestMs, newestMs}: Span): void {
		const windowMs = newestMs - oldestMs;
		const {value: node} = this.#options.nodes.values().next();
		const stepMs = Math.max(node?.ticks.usualStepMs ?? 0, windowMs / MOST_STEPS, LEAST_STEP_MS);
		const points = Math.max(Math.floor(windowMs / stepMs), 1);
		// Steps that are complete: within one, some nodes have a new sample, and others not yet.
		const endMs = Math.floor(newestMs / stepMs) * stepMs;
		const before = this.#window;
		if (before.endMs !== endMs || before.points !== points || before.stepMs !== stepMs) {
			const isSameLength = before.points === points && before.stepMs === stepMs;
			this.#before = isSameLength ? this.#known : new Map();
			this.#known = new Map();
			this.#window = {points, stepMs, endMs};
			this.#making.clear();
			this.#made.clear();
			this.#steps.clear();
			this.#covered.clear();
		}
	}

	/** All rows of a kind. */
	*#sumTable(kind: TableRow['kind'], workloadsOn: (node: NodeRecord) => PodsOfWorkloads): Steps<void> {
		const sums = new Map<string, Sum>();
		let count = 0;
		for (const node of this.#options.nodes.values()) {
			const steps = this.#stepsOf(node);
			for (const [id, pod] of kind === 'namespace'
				? inNamespaces(node)
				: inWorkloads(node, workloadsOn(node))) {
				const sum = sums.get(id) ?? this.#newSum();
				sums.set(id, sum);
				add(sum, pod, steps);
				count++;
			}

			if (count >= PODS_A_STEP) {
				count = 0;
				yield;
			}
		}

		for (const [id, sum] of sums) {
			this.#known.set(id, statisticsOfSum(sum));
			if (++count % PODS_A_STEP === 0) {
				yield;
			}
		}
	}

	#sumOf(row: SumOfPods): Sum {
		const sum = this.#newSum();
		if (row.kind === 'namespace') {
			for (const {node, pod} of this.#options.podsOf(row)) {
				add(sum, pod, this.#stepsOf(node));
			}

			return sum;
		}

		for (const member of row.kind === 'group' ? row.members : row.pods) {
			const node = this.#options.nodes.get(member.kind === 'node' ? member.id : member.nodeId);
			const object = member.kind === 'node' ? node?.node : node?.podOf(member);
			if (node !== undefined && object !== undefined) {
				add(sum, object, this.#stepsOf(node));
			}
		}

		return sum;
	}

	#newSum(): Sum {
		const {points} = this.#window;
		return {
			values: SERIES.map(() => new Float64Array(points).fill(Number.NaN)),
			covered: new Uint8Array(points).fill(1),
			lastCovered: undefined,
		};
	}

	#stepsOf(node: NodeRecord): NodeSteps {
		const known = this.#steps.get(node);
		if (known !== undefined) {
			return known;
		}

		const covered = node.ticks.coveredSteps(this.#window);
		const key = covered.join('');
		const same = this.#covered.get(key) ?? covered;
		this.#covered.set(key, same);
		const steps = {steps: node.ticks.stepsIn(this.#window), covered: same};
		this.#steps.set(node, steps);
		return steps;
	}
}

/** The pods that a node reports, with the ids of the rows of their namespaces. */
function* inNamespaces(node: NodeRecord): Iterable<readonly [id: string, pod: WithSeries]> {
	for (const pod of node.pods.values()) {
		yield [idOfNamespace(namespaceKey(pod.row.namespace, node.cluster)), pod];
	}
}

/** Those that have rows, with the ids of the rows of their workloads. */
function* inWorkloads(
	node: NodeRecord,
	pods: PodsOfWorkloads,
): Iterable<readonly [id: string, pod: WithSeries]> {
	for (const [id, row] of pods) {
		const pod = node.podOf(row);
		if (pod !== undefined) {
			yield [id, pod];
		}
	}
}

function add(sum: Sum, object: WithSeries, {steps, covered}: NodeSteps): void {
	for (let index = 0; index < SERIES.length; index++) {
		const [series, values] = [SERIES[index], sum.values[index]];
		if (series !== undefined && values !== undefined) {
			addSteps(values, object, series, steps);
		}
	}

	if (sum.lastCovered !== covered) {
		sum.lastCovered = covered;
		for (let point = 0; point < covered.length; point++) {
			sum.covered[point] = (sum.covered[point] ?? 0) & (covered[point] ?? 0);
		}
	}
}

function statisticsOfSum({values, covered}: Sum): KnownOfRow {
	const known = new Float64Array(covered.length);
	return values.map(series => {
		let count = 0;
		for (let point = 0; point < series.length; point++) {
			const value = series[point] ?? Number.NaN;
			if (covered[point] === 1 && Number.isFinite(value)) {
				known[count++] = value;
			}
		}

		return statisticsOfKnown(known, count);
	});
}
