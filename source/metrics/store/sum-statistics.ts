import type {GroupRow, NamespaceRow, WorkloadRow} from '../model/row.ts';
import type {StatisticSeries, Statistics} from '../model/statistics.ts';
import type {HistoryWindow, Span} from '../model/view.ts';
import {statisticsOfKnown} from '../rings/statistics.ts';
import {atOnce, type Steps} from '../view/in-turns.ts';
import type {PodOnNode} from './namespace-pods.ts';
import type {NodeRecord} from './node-record.ts';

/** A longer window has longer steps. */
const MOST_STEPS = 120;

/** How many pasts are added in a step: some 100 microseconds. */
const PASTS_A_STEP = 32;

/** The step before it is known how often nodes are read. */
const LEAST_STEP_MS = 1000;

type SumRow = NamespaceRow | WorkloadRow | GroupRow;

/** A sum in the steps of a window, and 1 for each step in which all of its nodes were read. */
type Sum = {readonly values: Float64Array; readonly covered: Uint8Array; lastNode: NodeRecord | undefined};

/**
 * Statistics of sums of pods: their usage together in each step of a window, a step being as long as nodes are read
 * apart or longer. A step in which a node with one of the pods was not read, and with it all before ktop began, is left
 * out: its sum would be too low. Sums over all pods of a large cluster take long, so each is made once a step.
 */
export class SumStatistics {
	readonly #nodes: ReadonlyMap<string, NodeRecord>;
	readonly #podsOf: (namespace: NamespaceRow) => Steps<readonly PodOnNode[]>;
	#window: HistoryWindow = {points: 0, stepMs: 0, endMs: 0};
	/** By series and row. */
	readonly #known = new Map<string, Statistics | undefined>();
	/** What is summed in turns. */
	#making: {readonly key: string; readonly steps: Steps<Sum>} | undefined;
	/** The steps in which each node was read. */
	readonly #covered = new Map<NodeRecord, Uint8Array>();

	/** `podsOf`: the pods of a namespace that nodes report. */
	constructor(
		nodes: ReadonlyMap<string, NodeRecord>,
		podsOf: (namespace: NamespaceRow) => Steps<readonly PodOnNode[]>,
	) {
		this.#nodes = nodes;
		this.#podsOf = podsOf;
	}

	of(row: SumRow, series: StatisticSeries, span: Span): Statistics | undefined {
		this.#moveTo(span);
		const key = keyOf(row, series);
		if (!this.#known.has(key)) {
			this.#known.set(key, statisticsOfSum(atOnce(this.#stepsOf(key, row, series))));
			this.#making = undefined;
		}

		return this.#known.get(key);
	}

	/** Sums as long as there is time; returns whether what `of` gives of a row is known. */
	advance(row: SumRow, series: StatisticSeries, span: Span, hasTime: () => boolean): boolean {
		this.#moveTo(span);
		const key = keyOf(row, series);
		if (this.#known.has(key)) {
			return true;
		}

		const steps = this.#stepsOf(key, row, series);
		for (;;) {
			const {done, value} = steps.next();
			if (done === true) {
				this.#known.set(key, statisticsOfSum(value));
				this.#making = undefined;
				return true;
			}

			if (!hasTime()) {
				return false;
			}
		}
	}

	/** Those that go on, or others from the beginning. */
	#stepsOf(key: string, row: SumRow, series: StatisticSeries): Steps<Sum> {
		if (this.#making?.key !== key) {
			const steps =
				row.kind === 'namespace'
					? this.#ofNamespace(row, series)
					: this.#ofMembers(row.kind === 'group' ? row.members : row.pods, series);
			this.#making = {key, steps};
		}

		return this.#making.steps;
	}

	#moveTo({oldestMs, newestMs}: Span): void {
		const windowMs = newestMs - oldestMs;
		const {value: node} = this.#nodes.values().next();
		const stepMs = Math.max(node?.ticks.usualStepMs ?? 0, windowMs / MOST_STEPS, LEAST_STEP_MS);
		const points = Math.max(Math.floor(windowMs / stepMs), 1);
		// Steps that are complete: within one, some nodes have a new sample, and others not yet.
		const endMs = Math.floor(newestMs / stepMs) * stepMs;
		const before = this.#window;
		if (before.endMs !== endMs || before.points !== points || before.stepMs !== stepMs) {
			this.#window = {points, stepMs, endMs};
			this.#known.clear();
			this.#making = undefined;
			this.#covered.clear();
		}
	}

	*#ofMembers(members: GroupRow['members'], series: StatisticSeries): Steps<Sum> {
		const sum = this.#newSum();
		let count = 0;
		for (const member of members) {
			const node = this.#nodes.get(member.kind === 'node' ? member.id : member.nodeId);
			const object =
				member.kind === 'node' ? node?.node : node?.pods.get(member.id.slice(member.nodeId.length + 1));
			if (node !== undefined && object !== undefined) {
				this.#add(sum, node, object, series);
			}

			if (++count % PASTS_A_STEP === 0) {
				yield;
			}
		}

		return sum;
	}

	*#ofNamespace(row: NamespaceRow, series: StatisticSeries): Steps<Sum> {
		const sum = this.#newSum();
		let count = 0;
		for (const {node, pod} of yield* this.#podsOf(row)) {
			this.#add(sum, node, pod, series);
			if (++count % PASTS_A_STEP === 0) {
				yield;
			}
		}

		return sum;
	}

	#newSum(): Sum {
		const {points} = this.#window;
		return {
			values: new Float64Array(points).fill(Number.NaN),
			covered: new Uint8Array(points).fill(1),
			lastNode: undefined,
		};
	}

	#add(
		sum: Sum,
		node: NodeRecord,
		pod: Parameters<NodeRecord['resampleInto']>[1],
		series: StatisticSeries,
	): void {
		node.resampleInto(sum.values, pod, series, this.#window);
		if (sum.lastNode !== node) {
			sum.lastNode = node;
			const covered = this.#covered.get(node) ?? node.ticks.coveredSteps(this.#window);
			this.#covered.set(node, covered);
			for (let point = 0; point < covered.length; point++) {
				sum.covered[point] = (sum.covered[point] ?? 0) & (covered[point] ?? 0);
			}
		}
	}
}

function keyOf(row: SumRow, series: StatisticSeries): string {
	return `${series} ${row.kind} ${row.id}`;
}

function statisticsOfSum({values, covered}: Sum): Statistics | undefined {
	const known = values.filter((value, point) => covered[point] === 1 && Number.isFinite(value));
	return statisticsOfKnown(known, known.length);
}
