import type {ContainerReading, Reading, ThrottlingReading} from '../../metrics/model/reading.ts';
import type {ThrottlingSample} from './decode-throttling.ts';

/**
 * The reading with each container's throttling beside its CPU time. A pod is known by its uid, and where one of the
 * two does not tell it by its name. A sample from before a container's start is of the container before it.
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

/** The control group of a container that has ended stays for a while, with its last stamp. */
function keepNewest(samples: Map<string, ThrottlingSample>, key: string, sample: ThrottlingSample): void {
	const known = samples.get(key);
	if (known === undefined || sample.throttling.timeMs > known.throttling.timeMs) {
		samples.set(key, sample);
	}
}
