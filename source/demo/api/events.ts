import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {selectItems} from './collection.ts';
import {selectByName} from './selection.ts';
import {parseFieldSelector} from './selectors.ts';
import {badRequest, type StatusError} from './status.ts';

/** What happened to an object; `at` in milliseconds. */
type Happening = {
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	readonly at: number;
	readonly count?: number;
	readonly from: string;
};

/** The events about the one object that the field selector names; none without one. */
export function listEvents(
	cluster: ClusterModel,
	namespace: string,
	parameters: URLSearchParams,
	nowMs: number,
): JsonFields | StatusError {
	const terms = parseFieldSelector(parameters.get('fieldSelector') ?? '');
	if (terms === undefined) {
		return badRequest('invalid field selector');
	}

	const selected = (name: string): string | undefined =>
		terms.find(({field}) => field === `involvedObject.${name}`)?.value;
	const kind = selected('kind') ?? '';
	const name = selected('name') ?? '';
	const happenings = happeningsOf(cluster, kind, namespace, name, nowMs);
	return {
		kind: 'EventList',
		apiVersion: 'v1',
		metadata: {resourceVersion: String(nowMs)},
		items: happenings.map(({type, reason, message, at, count = 1, from}, index) => ({
			metadata: {name: `${name}.${index}`, namespace, creationTimestamp: stamp(at)},
			involvedObject: {kind, name, ...(kind === 'Node' ? {} : {namespace})},
			type,
			reason,
			message,
			count,
			firstTimestamp: stamp(at),
			lastTimestamp: stamp(at),
			source: {component: from},
		})),
	};
}

function happeningsOf(
	cluster: ClusterModel,
	kind: string,
	namespace: string,
	name: string,
	nowMs: number,
): readonly Happening[] {
	if (kind === 'Pod') {
		return objectOf(cluster, 'pods', namespace, name, nowMs).flatMap(pod => ofPod(pod, nowMs));
	}

	return kind === 'Node' ? objectOf(cluster, 'nodes', undefined, name, nowMs).flatMap(ofNode) : [];
}

function objectOf(
	cluster: ClusterModel,
	resource: 'nodes' | 'pods',
	namespace: string | undefined,
	name: string,
	nowMs: number,
): readonly JsonObject[] {
	const [item] = selectItems(cluster, selectByName(resource, namespace, name), Number.NEGATIVE_INFINITY);
	const object = item?.toObject(nowMs);
	return isJsonObject(object) ? [object] : [];
}

const RETRIED_MS = 20_000;

/** Scheduled and started, or why not: as the scheduler and the kubelet report it. */
function ofPod({metadata, spec, status}: JsonObject, nowMs: number): readonly Happening[] {
	const {namespace, name, creationTimestamp} = fieldsOf(metadata);
	const {nodeName} = fieldsOf(spec);
	const {containerStatuses, reason, message} = fieldsOf(status);
	const at = Date.parse(String(creationTimestamp));
	const scheduled: Happening =
		nodeName === undefined
			? {
					type: 'Warning',
					reason: 'FailedScheduling',
					message: 'no node has enough CPUs: Insufficient cpu.',
					at: nowMs - RETRIED_MS,
					count: Math.ceil((nowMs - at) / 60_000),
					from: 'default-scheduler',
				}
			: {
					type: 'Normal',
					reason: 'Scheduled',
					message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
					at,
					from: 'default-scheduler',
				};
	const evicted: readonly Happening[] =
		reason === 'Evicted'
			? [{type: 'Warning', reason: 'Evicted', message: String(message), at, from: 'kubelet'}]
			: [];
	const statuses: readonly unknown[] = Array.isArray(containerStatuses) ? containerStatuses : [];
	return [
		scheduled,
		...evicted,
		...statuses.filter(isJsonObject).flatMap(one => ofContainer(one, at, nowMs)),
	];
}

function ofContainer(status: JsonObject, at: number, nowMs: number): readonly Happening[] {
	const {name, state, restartCount} = status;
	const {waiting} = fieldsOf(state);
	const started: Happening = {
		type: 'Normal',
		reason: 'Started',
		message: `Started container ${name}`,
		at,
		from: 'kubelet',
	};
	if (!isJsonObject(waiting)) {
		return [started];
	}

	const isCrash = waiting.reason === 'CrashLoopBackOff';
	const backOff: Happening = {
		type: 'Warning',
		reason: 'BackOff',
		message: String(waiting.message),
		at: nowMs - RETRIED_MS,
		count: isCrash ? Number(restartCount) * 5 : 108,
		from: 'kubelet',
	};
	return isCrash ? [started, backOff] : [backOff];
}

/** A change of a condition is an event. */
function ofNode({metadata, status}: JsonObject): readonly Happening[] {
	const {name} = fieldsOf(metadata);
	const {conditions} = fieldsOf(status);
	const all: readonly unknown[] = Array.isArray(conditions) ? conditions : [];
	return all.filter(isJsonObject).map(({type, status: state, lastTransitionTime}) => {
		const isGood = (type === 'Ready') === (state === 'True');
		const reason =
			type === 'Ready'
				? isGood
					? 'NodeReady'
					: 'NodeNotReady'
				: isGood
					? `NodeHasNo${type}`
					: `NodeHas${type}`;
		return {
			type: isGood ? 'Normal' : 'Warning',
			reason,
			message: `Node ${name} status is now: ${reason}`,
			at: Date.parse(String(lastTransitionTime)),
			from: isGood ? 'kubelet' : 'node-controller',
		};
	});
}

function fieldsOf(value: unknown): JsonObject {
	return isJsonObject(value) ? value : {};
}
