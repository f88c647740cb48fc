import type {PodRow} from '../model/row.ts';
import {workloadIdOf} from '../model/workload.ts';
import {type PodFacts, podFacts} from './pod-facts.ts';

/** Some pods, and their slots in a table. */
export type PodsOfPart = {readonly pods: readonly PodRow[]; readonly slots: Uint32Array};

/** What sums need of pods beside their figures. */
export type KnownPods = {
	readonly factsOf: (pod: PodRow, slot: number) => PodFacts;
	/** NaN where it is unknown. */
	readonly createdAtMsOf: (pod: PodRow, slot: number) => number;
	/** A number for each workload. */
	readonly workloadOf: (pod: PodRow, slot: number) => number;
	/** The ids of the rows of workloads by their numbers. */
	readonly workloadIds: readonly string[];
};

/** Of pods in no table: looked at when they are summed. */
export function unknownPods(): KnownPods {
	const workloads = new Numbered();
	return {
		factsOf: ({info}) => podFacts(info),
		createdAtMsOf: ({info}) => info?.createdAtMs ?? Number.NaN,
		workloadOf: pod => workloads.of(workloadIdOf(pod)),
		workloadIds: workloads.texts,
	};
}

/** Texts, each with a number: its place. */
export class Numbered {
	readonly texts: string[] = [];
	readonly #numbers = new Map<string, number>();

	of(text: string): number {
		const known = this.#numbers.get(text);
		if (known !== undefined) {
			return known;
		}

		const number = this.texts.push(text) - 1;
		this.#numbers.set(text, number);
		return number;
	}
}

/** A list of pods as one part. */
export function onePart(pods: Iterable<PodRow>): readonly PodsOfPart[] {
	return [{pods: Array.isArray(pods) ? pods : [...pods], slots: NO_SLOTS}];
}

const NO_SLOTS = new Uint32Array(0);
