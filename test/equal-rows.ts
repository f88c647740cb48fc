import {expect} from 'vitest';
import type {ContainerInfo, PodInfo} from '../source/metrics/model/inventory.ts';
import {
	ListedContainer,
	ListedPod,
	plainContainerInfo,
	plainPodInfo,
} from '../source/metrics/model/listed-pod.ts';
import {plainContainer, plainPod} from '../source/metrics/model/plain-row.ts';
import type {VolumeReading} from '../source/metrics/model/reading.ts';
import type {ContainerRow, PodRow} from '../source/metrics/model/row.ts';
import {Volumes} from '../source/metrics/model/volumes.ts';
import {PackedContainer} from '../source/metrics/rates/packed-container.ts';
import {PackedPod} from '../source/metrics/rates/packed-pod.ts';

// Figures of live rows and of volumes, and facts of listed pods are getters, which matchers do not look at: without this any two of them were equal.

function plain(
	row: unknown,
): PodRow | ContainerRow | PodInfo | ContainerInfo | readonly VolumeReading[] | undefined {
	return row instanceof Volumes
		? [...row]
		: row instanceof PackedPod
			? plainPod(row)
			: row instanceof PackedContainer
				? plainContainer(row)
				: row instanceof ListedPod
					? plainPodInfo(row)
					: row instanceof ListedContainer
						? plainContainerInfo(row)
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
