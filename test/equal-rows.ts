import {expect} from 'vitest';
import {plainContainer, plainPod} from '../source/metrics/model/plain-row.ts';
import type {ContainerRow, PodRow} from '../source/metrics/model/row.ts';
import {PackedContainer} from '../source/metrics/rates/packed-container.ts';
import {PackedPod} from '../source/metrics/rates/packed-pod.ts';

// Figures of live rows are getters, which matchers do not look at: without this any two of them were equal.

function plain(row: unknown): PodRow | ContainerRow | undefined {
	return row instanceof PackedPod
		? plainPod(row)
		: row instanceof PackedContainer
			? plainContainer(row)
			: undefined;
}

expect.addEqualityTesters([
	function (this, one, other, testers) {
		const [first, second] = [plain(one), plain(other)];
		return first === undefined && second === undefined
			? undefined
			: this.equals(first ?? one, second ?? other, testers);
	},
]);
