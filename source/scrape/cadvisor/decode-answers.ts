import {KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject} from '../../metrics/model/json.ts';
import {listOf, textOf} from '../json-value.ts';
import {Quantities} from '../quantities.ts';
import {aliasesOf, type SampledCgroup, type SampleHistory, samplesOf} from './sample-history.ts';
import type {RawSpec, StatsContainer} from './stats-shape.ts';

/** The decoded /api/v1.3/machine or /api/v2.1/machine, which have the same format. */
export type MachineInfo = {
	readonly cores: number | undefined;
	readonly memoryBytes: number | undefined;
	/** 0 on machines without swap. */
	readonly swapBytes: number | undefined;
	/** The device of the root file system in /api/v2.1/storage; unknown with API 1.3. */
	readonly rootDevice: string | undefined;
};

/** The spec of the root, which API 2.1 does not send: all groups are present. */
const MACHINE_SPEC: RawSpec = {
	has_cpu: true,
	has_memory: true,
	has_network: true,
	has_filesystem: true,
};

/** Decodes /api/v1.3/machine and /api/v2.1/machine. Throws `KtopError` (`bad-answer`) if invalid. */
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

/** Decodes /api/v2.1/storage?label=root, a list of one. Throws `KtopError` (`bad-answer`) if it is not JSON. */
export function decodeRootDevice(body: Buffer | string): string | undefined {
	const value = parse(body, 'storage');
	const [root]: readonly unknown[] = Array.isArray(value) ? value : [];
	return isJsonObject(root) ? textOf(root.device) : undefined;
}

/** Decodes /api/v1.3/subcontainers/: an array of all cgroups, including the root, with their samples. */
export function decodeVersion1(body: Buffer | string): SampleHistory {
	const value = parse(body, 'subcontainers');
	if (!Array.isArray(value)) {
		throw badAnswer('subcontainers', 'is not a list of containers');
	}

	let machine: SampledCgroup | undefined;
	const cgroups: SampledCgroup[] = [];
	// Safe, because all leaf fields have type `unknown` and are validated when read.
	for (const raw of listOf(value as ReadonlyArray<StatsContainer | null>)) {
		const path = textOf(raw?.name);
		if (!raw || path === undefined) {
			continue;
		}

		const cgroup = {
			path,
			aliases: aliasesOf(raw.aliases),
			namespace: textOf(raw.namespace),
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
		throw badAnswer('subcontainers', 'has no sample of the machine');
	}

	return {machine, cgroups};
}

/** Decodes /api/v2.1/machinestats (the root) and /api/v2.1/stats/?recursive=true (all other cgroups). */
export function decodeVersion2(machineBody: Buffer | string, statsBody: Buffer | string): SampleHistory {
	const machineStats = parse(machineBody, 'machinestats');
	const stats = parse(statsBody, 'stats');
	if (!isJsonObject(stats)) {
		throw badAnswer('stats', 'is not a map of containers');
	}

	const samples = samplesOf(machineStats);
	if (samples.length === 0) {
		throw badAnswer('machinestats', 'has no sample of the machine');
	}

	const cgroups: SampledCgroup[] = [];
	for (const [path, raw] of Object.entries(stats)) {
		if (isJsonObject(raw)) {
			const spec = specOf(raw.spec);
			cgroups.push({
				path,
				aliases: aliasesOf(spec.aliases),
				namespace: textOf(spec.namespace),
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
			hint: 'check that this is the address of cAdvisor (port 8080, or 4194 of an old kubelet) and not of a proxy',
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
