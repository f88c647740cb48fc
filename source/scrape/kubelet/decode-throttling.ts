import {isPassiveUnit, parseCgroupPath} from '../../metrics/model/cgroup-path.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import type {ThrottlingReading} from '../../metrics/model/reading.ts';
import {Quantities} from '../quantities.ts';
import {readLabels, stampMs} from './exposition.ts';

/** The throttling counters of one container. */
export type ThrottlingSample = {
	/** From the cgroup path, in the format of `PodReference.uid`; undefined for unknown path formats. */
	readonly podUid: string | undefined;
	readonly namespace: string;
	readonly pod: string;
	readonly container: string;
	readonly throttling: ThrottlingReading & {readonly timeMs: number};
};

/** Metrics (cAdvisor `lib/metrics/prometheus.go`) with one sample per cgroup with a CPU quota. */
const PERIODS = 'container_cpu_cfs_periods_total';
const THROTTLED_PERIODS = 'container_cpu_cfs_throttled_periods_total';

/** `{labels} value timestamp`; there is no timestamp before Kubernetes 1.18. */
const SAMPLE = /^\{(.*)\} (\S+)(?: (\S+))?\s*$/;

/** Labels of a container take about 500 bytes; much longer lines are not samples. */
const LONGEST_LINE_BYTES = 8192;

const NEWLINE = 10;

/**
 * Decodes the throttling of containers from /metrics/cadvisor. Searches the text for the two metrics without splitting
 * its megabytes into lines. A sample without a timestamp gets `receivedAtMs`. Throws `KtopError` (`bad-answer`) if the
 * text has no metric of a container.
 */
export function decodeThrottling(body: Buffer, receivedAtMs: number): readonly ThrottlingSample[] {
	if (!body.includes('container_')) {
		throw new KtopError({
			code: 'bad-answer',
			brief: 'no cAdvisor metrics',
			message: 'the answer of /metrics/cadvisor has no metric of a container',
			hint: 'check that this is the address of a kubelet and not of a proxy',
		});
	}

	const throttledPeriods = new Map<string, number | undefined>();
	for (const {labels, value} of samplesOf(body, THROTTLED_PERIODS)) {
		throttledPeriods.set(labels, value);
	}

	const samples: ThrottlingSample[] = [];
	for (const {labels, value, timeMs} of samplesOf(body, PERIODS)) {
		const of = value === undefined || value === 0 ? undefined : containerOf(labels);
		if (of !== undefined) {
			const throttling = {
				timeMs: timeMs ?? receivedAtMs,
				periods: value,
				throttledPeriods: throttledPeriods.get(labels),
				throttledNanoseconds: undefined,
			};
			samples.push({...of, throttling});
		}
	}

	return samples;
}

type Sample = {
	readonly labels: string;
	readonly value: number | undefined;
	readonly timeMs: number | undefined;
};

function* samplesOf(body: Buffer, family: string): Generator<Sample> {
	const quantities = new Quantities();
	const start = `${family}{`;
	let end = 0;
	for (let at = body.indexOf(start); at !== -1; at = body.indexOf(start, end)) {
		const newline = body.indexOf(NEWLINE, at);
		end = newline === -1 ? body.length : newline;
		if ((at > 0 && body[at - 1] !== NEWLINE) || end - at > LONGEST_LINE_BYTES) {
			continue;
		}

		const [, labels, value, stamp] = SAMPLE.exec(body.toString('utf8', at + family.length, end)) ?? [];
		if (labels !== undefined) {
			yield {labels, value: quantities.read(Number(value)), timeMs: stampMs(stamp)};
		}
	}
}

/** Undefined for cgroups of pods and sandboxes, which have no container label or dockershim's `POD`. */
function containerOf(text: string): Omit<ThrottlingSample, 'throttling'> | undefined {
	const labels = readLabels(text);
	// The second labels are for Kubernetes before 1.16.
	const container = labels.get('container') ?? labels.get('container_name');
	const pod = labels.get('pod') ?? labels.get('pod_name');
	const namespace = labels.get('namespace');
	if (!container || !pod || !namespace || container === 'POD') {
		return undefined;
	}

	const id = labels.get('id') ?? '';
	if (isPassiveUnit(id)) {
		return undefined;
	}

	const path = parseCgroupPath(id);
	return {podUid: path.kind === 'container' ? path.podUid : undefined, namespace, pod, container};
}
