import type {ContainerReading, Reading, ThrottlingReading} from '../../metrics/model/reading.ts';
import type {ThrottlingSample} from './decode-throttling.ts';

/**
 * Adds throttling to the containers of a reading. Matches pods by uid, or by name if one side has no uid. Ignores
 * samples from before the start of a container, which belong to its predecessor.
 */
export function joinThrottling(reading: Reading, samples: readonly ThrottlingSample[]): Reading {
	if (samples.length === 0) {
		return reading;
	}

	const byUid = new Map<string, ThrottlingSample>();
	const byName = new Map<string, ThrottlingSample>();
	for (const sample of samples) {
		if (sample.podUid !== undefined) {
			keepNewest(byUid, `${sample.podUid}/${sample.container}`, sample);
		}

		keepNewest(byName, `${sample.namespace}/${sample.pod}/${sample.container}`, sample);
	}

	const throttlingOf = ({pod, name, startTimeMs}: ContainerReading): ThrottlingReading | undefined => {
		if (pod === undefined) {
			return undefined;
		}

		const named = byName.get(`${pod.namespace}/${pod.name}/${name}`);
		const sample =
			byUid.get(`${pod.uid}/${name}`) ??
			(pod.uid === undefined || named?.podUid === undefined ? named : undefined);
		return sample !== undefined && sample.throttling.timeMs >= (startTimeMs ?? 0)
			? sample.throttling
			: undefined;
	};

	return {
		...reading,
		containers: reading.containers.map(container => {
			const {cpu} = container;
			if (cpu === undefined) {
				return container;
			}

			const throttling = throttlingOf(container);
			return throttling === undefined ? container : {...container, cpu: {...cpu, throttling}};
		}),
	};
}

/** Keeps the newest sample: the cgroup of a terminated container remains for a while with its last timestamp. */
function keepNewest(samples: Map<string, ThrottlingSample>, key: string, sample: ThrottlingSample): void {
	const known = samples.get(key);
	if (known === undefined || sample.throttling.timeMs > known.throttling.timeMs) {
		samples.set(key, sample);
	}
}
