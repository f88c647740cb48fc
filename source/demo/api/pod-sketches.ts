const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A short description of a pod that never changes. */
export type PodSketch = {
	readonly namespace: string;
	readonly app: string;
	readonly owner: 'Job' | 'ReplicaSet';
	readonly agoMs: number;
	readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
	/** Fields of the status that explain the phase. */
	readonly reason?: {readonly reason: string; readonly message: string};
	readonly cpu: string;
	/** `unscheduled`: no node fits; `rejected`: the kubelet rejected the pod, so it has no container. */
	readonly container: ContainerSketch | 'unscheduled' | 'rejected';
};

export type ContainerSketch =
	| {readonly state: 'terminated'; readonly exitCode: number; readonly reason: string; readonly ranMs: number}
	| {
			readonly state: 'waiting';
			readonly reason: string;
			readonly message: string;
			readonly lastExitCode?: number;
			readonly restarts: number;
	  };

const completed = {state: 'terminated', exitCode: 0, reason: 'Completed', ranMs: 7 * MINUTE_MS} as const;

/** Pods that no kubelet reports: completed jobs, and pods that wait, crash or were evicted. */
export const POD_SKETCHES: readonly PodSketch[] = [
	...[5, 29, 53].map(
		hours =>
			({
				namespace: 'batch',
				app: 'nightly-import',
				owner: 'Job',
				agoMs: hours * HOUR_MS,
				phase: 'Succeeded',
				cpu: '200m',
				container: completed,
			}) as const,
	),
	{
		namespace: 'batch',
		app: 'hog',
		owner: 'ReplicaSet',
		agoMs: 9 * HOUR_MS,
		phase: 'Failed',
		reason: {
			reason: 'Evicted',
			message: 'Pod was rejected: The node had condition: [DiskPressure]. ',
		},
		cpu: '50m',
		container: 'rejected',
	},
	{
		namespace: 'shop',
		app: 'search-index',
		owner: 'ReplicaSet',
		agoMs: 12 * MINUTE_MS,
		phase: 'Pending',
		cpu: '512',
		container: 'unscheduled',
	},
	{
		namespace: 'web',
		app: 'preview',
		owner: 'ReplicaSet',
		agoMs: 25 * MINUTE_MS,
		phase: 'Pending',
		cpu: '100m',
		container: {
			state: 'waiting',
			reason: 'ImagePullBackOff',
			message: 'Back-off pulling image "registry.demo/preview:1.4.2"',
			restarts: 0,
		},
	},
	{
		namespace: 'payments',
		app: 'reconciler',
		owner: 'ReplicaSet',
		agoMs: 4 * HOUR_MS,
		phase: 'Running',
		cpu: '100m',
		container: {
			state: 'waiting',
			reason: 'CrashLoopBackOff',
			message: 'back-off 5m0s restarting failed container=reconciler',
			lastExitCode: 1,
			restarts: 46,
		},
	},
];
