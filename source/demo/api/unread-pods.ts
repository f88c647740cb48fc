import type {ClusterModel} from '../model/cluster.ts';
import {randomOf, uuid} from '../model/random.ts';
import type {Json} from './json.ts';
import {internalIp, timestamp} from './node-object.ts';

type Sketch = {
	readonly namespace: string;
	readonly name: string;
	readonly owner: string | undefined;
	/** Which node it is or was on; undefined: none yet. */
	readonly node: number | undefined;
	readonly agoMs: number;
	readonly phase: string;
	readonly reason?: string;
	readonly state: Json;
	readonly lastState?: Json;
	readonly restarts?: number;
	readonly conditions?: readonly Json[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const ended = (exitCode: number, reason: string): Json => ({terminated: {exitCode, reason}});

/** What is on no kubelet's list: jobs that ended, pods that wait, crash or were thrown out. */
const SKETCHES: readonly Sketch[] = [
	...[0, 1, 2].map(
		day =>
			({
				namespace: 'batch',
				name: `nightly-import-2992${3200 - day}-x${day}k2p`,
				owner: 'nightly-import',
				node: day,
				agoMs: (day * 24 + 5) * HOUR_MS,
				phase: 'Succeeded',
				state: ended(0, 'Completed'),
			}) as const,
	),
	{
		namespace: 'batch',
		name: 'bad-import-29923201-ljgtq',
		owner: 'bad-import',
		node: 1,
		agoMs: 3 * HOUR_MS,
		phase: 'Failed',
		state: ended(1, 'Error'),
	},
	{
		namespace: 'batch',
		name: 'hog',
		owner: undefined,
		node: 2,
		agoMs: 9 * HOUR_MS,
		phase: 'Failed',
		reason: 'Evicted',
		state: ended(137, 'Error'),
	},
	{
		namespace: 'shop',
		name: 'search-index-rebuild',
		owner: undefined,
		node: undefined,
		agoMs: 12 * MINUTE_MS,
		phase: 'Pending',
		state: {},
		conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}],
	},
	{
		namespace: 'web',
		name: 'preview',
		owner: undefined,
		node: 0,
		agoMs: 25 * MINUTE_MS,
		phase: 'Pending',
		state: {waiting: {reason: 'ImagePullBackOff'}},
	},
	{
		namespace: 'payments',
		name: 'reconciler',
		owner: undefined,
		node: 1,
		agoMs: 4 * HOUR_MS,
		phase: 'Running',
		state: {waiting: {reason: 'CrashLoopBackOff'}},
		lastState: ended(1, 'Error'),
		restarts: 37,
	},
];

/** Where there is only a handful of pods, nobody expects jobs. */
const LEAST_PODS = 20;

/** The pods that the API server knows and no kubelet reports. */
export function unreadPods({nodeNames, bornMs, podCount}: ClusterModel, nowMs: number): readonly Json[] {
	return podCount < LEAST_PODS ? [] : SKETCHES.map(sketch => unreadPod(sketch, nodeNames, bornMs, nowMs));
}

function unreadPod(sketch: Sketch, nodeNames: readonly string[], bornMs: number, nowMs: number): Json {
	const {namespace, name, owner, agoMs, phase, reason, state, lastState = {}, restarts = 0} = sketch;
	const index = sketch.node === undefined ? undefined : sketch.node % nodeNames.length;
	const createdMs = bornMs - agoMs;
	const isPlaced = index !== undefined;
	return {
		metadata: {
			name,
			namespace,
			uid: uuid(randomOf('unread', namespace, name)),
			resourceVersion: String(nowMs),
			creationTimestamp: timestamp(createdMs),
			labels: {app: owner ?? name},
			...(owner === undefined
				? {}
				: {ownerReferences: [{kind: 'Job', name: name.split('-').slice(0, -1).join('-'), controller: true}]}),
		},
		spec: {
			...(isPlaced ? {nodeName: nodeNames[index]} : {}),
			containers: [
				{
					name: 'main',
					image: `registry.demo/${owner ?? name}:1`,
					resources: {requests: {cpu: isPlaced ? '100m' : '64', memory: '128Mi'}, limits: {memory: '256Mi'}},
				},
			],
		},
		status: {
			phase,
			qosClass: 'Burstable',
			...(reason === undefined ? {} : {reason}),
			...(isPlaced ? {hostIP: internalIp(index), startTime: timestamp(createdMs)} : {}),
			conditions: sketch.conditions ?? [],
			...(isPlaced
				? {
						containerStatuses: [
							{
								name: 'main',
								ready: false,
								restartCount: restarts,
								image: 'registry.demo/x:1',
								state,
								lastState,
							},
						],
					}
				: {}),
		},
	};
}
