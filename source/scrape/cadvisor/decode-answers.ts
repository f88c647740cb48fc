import {KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject} from '../../metrics/model/json.ts';
import {Quantities} from '../quantities.ts';
import {aliasesOf, type SampledCgroup, type SampleHistory, samplesOf} from './sample-history.ts';
import {list, type RawContainer, type RawSpec, text} from './stats-shape.ts';

/** Of /api/v1.3/machine and /api/v2.1/machine, which answer alike. */
export type MachineInfo = {
	readonly cores: number | undefined;
	readonly memoryBytes: number | undefined;
	/** 0 where the machine has no swap, so that a usage of 0 says nothing. */
	readonly swapBytes: number | undefined;
	/** What /api/v2.1/storage calls the device of the root file system; version 1.3 does not tell. */
	readonly rootDevice: string | undefined;
};

/** The root's structures are all filled in; version 2.1 sends it without a spec. */
const MACHINE_SPEC: RawSpec = {
	has_cpu: true,
	has_memory: true,
	has_network: true,
	has_filesystem: true,
};

/** Decodes /api/v1.3/machine and /api/v2.1/machine. Throws `KtopError` (`bad-answer`) where the body is no machine. */
export function decodeMachine(body: Buffer | string, rootDevice?: string): MachineInfo {
	const value = parse(body, 'machine');
	if (!isJsonObject(value) || !('num_cores' in value || 'memory_capacity' in value)) {
		throw badAnswer('machine', 'has neither num_cores nor memory_capacity');
	}

	const quantities = new Quantities();
	return {
		cores: positive(quantities.read(value.num_cores)),
		memoryBytes: positive(quantities.read(value.memory_capacity)),
		swapBytes: quantities.read(value.swap_capacity),
		rootDevice,
	};
}

/** Decodes /api/v2.1/storage?label=root: a list of one. Throws `KtopError` (`bad-answer`) where it is no JSON. */
export function decodeRootDevice(body: Buffer | string): string | undefined {
	const value = parse(body, 'storage');
	const [root]: readonly unknown[] = Array.isArray(value) ? value : [];
	return isJsonObject(root) ? text(root.device) : undefined;
}

/** Decodes /api/v1.3/subcontainers/: an array of every cgroup with its samples, the root among them. */
export function decodeVersion1(body: Buffer | string): SampleHistory {
	const value = parse(body, 'subcontainers');
	if (!Array.isArray(value)) {
		throw badAnswer('subcontainers', 'is no list of containers');
	}

	let machine: SampledCgroup | undefined;
	const cgroups: SampledCgroup[] = [];
	// Every leaf of the shape is unknown and checked where it is read.
	for (const raw of list(value as ReadonlyArray<RawContainer | null>)) {
		const path = text(raw?.name);
		if (!raw || path === undefined) {
			continue;
		}

		const cgroup = {
			path,
			aliases: aliasesOf(raw.aliases),
			namespace: text(raw.namespace),
			spec: specOf(raw.spec),
			samples: samplesOf(raw.stats),
		};
		if (path === '/') {
			machine = cgroup;
		} else {
			cgroups.push(cgroup);
		}
	}

	if (machine === undefined || machine.samples.length === 0) {
		throw badAnswer('subcontainers', 'holds no sample of the machine');
	}

	return {machine, cgroups};
}

/** Decodes /api/v2.1/machinestats (the root) and /api/v2.1/stats/?recursive=true (all but the root). */
export function decodeVersion2(machineBody: Buffer | string, statsBody: Buffer | string): SampleHistory {
	const machineStats = parse(machineBody, 'machinestats');
	const stats = parse(statsBody, 'stats');
	if (!isJsonObject(stats)) {
		throw badAnswer('stats', 'is no map of containers');
	}

	const samples = samplesOf(machineStats);
	if (samples.length === 0) {
		throw badAnswer('machinestats', 'holds no sample of the machine');
	}

	const cgroups: SampledCgroup[] = [];
	for (const [path, raw] of Object.entries(stats)) {
		if (isJsonObject(raw)) {
			const spec = specOf(raw.spec);
			cgroups.push({
				path,
				aliases: aliasesOf(spec.aliases),
				namespace: text(spec.namespace),
				spec,
				samples: samplesOf(raw.stats),
			});
		}
	}

	const machine = {path: '/', aliases: [], namespace: undefined, spec: MACHINE_SPEC, samples};
	return {machine, cgroups};
}

function parse(body: Buffer | string, what: string): unknown {
	try {
		return JSON.parse(typeof body === 'string' ? body : body.toString('utf8'));
	} catch (error) {
		throw badAnswer(what, 'is not JSON', error);
	}
}

function badAnswer(what: string, problem: string, cause?: unknown): KtopError {
	return new KtopError(
		{
			code: 'bad-answer',
			brief: 'not cAdvisor’s answer',
			message: `cAdvisor’s answer for ${what} ${problem}`,
			hint: 'check that the address is cAdvisor’s (port 8080, or 4194 of an old kubelet) and that no proxy answers for it',
		},
		{cause},
	);
}

function specOf(value: unknown): RawSpec {
	return isJsonObject(value) ? value : {};
}

function positive(value: number | undefined): number | undefined {
	return value === 0 ? undefined : value;
}
