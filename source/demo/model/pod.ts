import {type ContainerModel, createContainer} from './container.ts';
import {between, nameSuffix, randomOf, uniqueSuffix, uuid, wholeBetween} from './random.ts';
import {steadyWave, type Wave} from './wave.ts';
import type {DemoWorkload} from './workloads.ts';

const GIBIBYTE = 2 ** 30;

type PvcModel = {
	readonly volume: string;
	readonly claim: string;
	readonly capacityBytes: number;
	readonly usedShare: number;
};

export type PodModel = {
	readonly workload: Pick<DemoWorkload, 'kind' | 'name'>;
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	readonly isHostNetwork: boolean;
	readonly startMs: number;
	readonly containers: readonly ContainerModel[];
	/** Bytes per second. */
	readonly rx: Wave;
	readonly tx: Wave;
	readonly pvc: PvcModel | undefined;
	/** The projected volume with the service account's token: `kube-api-access-6zbnl`. */
	readonly tokenVolume: string;
	readonly sampleOffsetMs: number;
};

/**
 * Creates the pod of a workload with this ordinal. All pods started between 9 days and 10 minutes before `bornMs`. The
 * volume of `ledger-db-0` is nearly full.
 */
export function createPod(workload: DemoWorkload, ordinal: number, seed: number, bornMs: number): PodModel {
	const random = randomOf(seed, 'pod', workload.namespace, workload.name, ordinal);
	const startMs = bornMs - Math.floor(600_000 * 1296 ** random());
	const name = podName(workload, ordinal, seed);
	const isNetworkHeavy = workload.containers.some(({pattern}) => pattern === 'network');
	const isIdle = workload.containers.every(({pattern}) => pattern === 'idle');
	const bytesPerSecond = (isNetworkHeavy ? 3e6 : isIdle ? 30 : 24_000) * between(random, 0.3, 2);
	const traffic = (mean: number): Wave => ({
		...steadyWave(mean),
		sway: between(random, 0.1, 0.8),
		periodS: between(random, 100, 1500),
		phase: between(random, 0, 6),
	});
	return {
		workload,
		namespace: workload.namespace,
		name,
		uid: uuid(random),
		isHostNetwork: workload.isHostNetwork,
		startMs,
		containers: workload.containers.map(template => createContainer(template, startMs, random)),
		rx: traffic(bytesPerSecond),
		tx: traffic(bytesPerSecond * between(random, 0.2, 2.5)),
		pvc:
			workload.kind === 'statefulset'
				? {
						volume: 'data',
						claim: `data-${name}`,
						capacityBytes: GIBIBYTE * wholeBetween(random, 8, 100),
						usedShare: name === 'ledger-db-0' ? 0.965 : between(random, 0.15, 0.7),
					}
				: undefined,
		tokenVolume: `kube-api-access-${nameSuffix(random, 5)}`,
		sampleOffsetMs: wholeBetween(random, 0, 10_000),
	};
}

function podName({kind, namespace, name}: DemoWorkload, ordinal: number, seed: number): string {
	const group = `${seed}/${namespace}/${name}`;
	switch (kind) {
		case 'statefulset':
			return `${name}-${ordinal}`;
		case 'daemonset':
			return `${name}-${uniqueSuffix(ordinal, group)}`;
		case 'deployment':
			return `${name}-${nameSuffix(randomOf(seed, 'replicaset', namespace, name), 9)}-${uniqueSuffix(ordinal, group)}`;
	}
}
