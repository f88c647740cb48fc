import type {
	NodeAddress,
	NodeAddressType,
	NodeCondition,
	NodeInfo,
	NodeReadiness,
	Taint,
} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, objectsAt, textAt, textsAt, timeAt} from './json-field.ts';
import {decodeNodeResources} from './resource-amounts.ts';

const rolePrefix = 'node-role.kubernetes.io/';

/**
 * Decodes a `v1.Node`; undefined if it has no name or uid. Does not keep `status.images` and `managedFields`, which are
 * most of the bytes.
 */
export function decodeNode(node: unknown): NodeInfo | undefined {
	if (!isJsonObject(node)) {
		return undefined;
	}
	const metadata = objectAt(node, 'metadata');
	const uid = textAt(metadata, 'uid');
	const name = textAt(metadata, 'name');
	if (uid === undefined || name === undefined) {
		return undefined;
	}

	const spec = objectAt(node, 'spec');
	const status = objectAt(node, 'status');
	const nodeInfo = objectAt(status, 'nodeInfo');
	const labels = textsAt(metadata, 'labels');
	const taints = objectsAt(spec, 'taints').map(decodeTaint);
	const conditions = objectsAt(status, 'conditions').map(decodeCondition);
	return {
		uid,
		name,
		roles: rolesOf(labels),
		readiness: readinessOf(conditions),
		problems: conditions.filter(isWrong),
		taints,
		isCordoned: spec.unschedulable === true,
		addresses: objectsAt(status, 'addresses').flatMap(decodeAddress),
		kubeletPort: kubeletPort(status),
		versions: {
			kubelet: textAt(nodeInfo, 'kubeletVersion'),
			containerRuntime: textAt(nodeInfo, 'containerRuntimeVersion'),
			kernel: textAt(nodeInfo, 'kernelVersion'),
			osImage: textAt(nodeInfo, 'osImage'),
			operatingSystem: textAt(nodeInfo, 'operatingSystem'),
			architecture: textAt(nodeInfo, 'architecture'),
		},
		capacity: decodeNodeResources(objectAt(status, 'capacity')),
		allocatable: decodeNodeResources(objectAt(status, 'allocatable')),
		labels,
		createdAtMs: timeAt(metadata, 'creationTimestamp'),
		isVirtual: isVirtual(labels, taints),
		metricsPath: textAt(objectAt(metadata, 'annotations'), 'metrics.k8s.io/resource-metrics-path'),
	};
}

function rolesOf(labels: Readonly<Record<string, string>>): readonly string[] {
	const roles = new Set<string>();
	for (const [label, value] of Object.entries(labels)) {
		if (label.startsWith(rolePrefix)) {
			roles.add(label.slice(rolePrefix.length));
		} else if (label === 'kubernetes.io/role') {
			roles.add(value);
		}
	}
	roles.delete('');
	return [...roles].sort();
}

function decodeTaint(taint: JsonObject): Taint {
	return {
		key: textAt(taint, 'key') ?? '',
		value: textAt(taint, 'value'),
		effect: textAt(taint, 'effect') ?? '',
	};
}

function decodeCondition(condition: JsonObject): NodeCondition {
	return {
		type: textAt(condition, 'type') ?? '',
		status: textAt(condition, 'status') ?? 'Unknown',
		reason: textAt(condition, 'reason'),
		message: textAt(condition, 'message'),
		sinceMs: timeAt(condition, 'lastTransitionTime'),
	};
}

function readinessOf(conditions: readonly NodeCondition[]): NodeReadiness {
	const ready = conditions.find(condition => condition.type === 'Ready');
	if (ready?.status === 'True') {
		return 'Ready';
	}
	return ready?.status === 'False' ? 'NotReady' : 'Unknown';
}

/**
 * Conditions that mean a problem when True: the kubelet's, and those of the node-problem-detector
 * (https://github.com/kubernetes/node-problem-detector). Others are ignored, as True may be good (`EtcdIsVoter`).
 */
const badWhenTrue =
	/Pressure$|Unavailable$|InProgress$|Problem$|Deadlock$|Unhealthy$|^Frequent|^ReadonlyFilesystem$|^Corrupt/;

function isWrong({type, status}: NodeCondition): boolean {
	if (type === 'Ready') {
		return status !== 'True';
	}
	return badWhenTrue.test(type) && status !== 'False';
}

const addressTypes: ReadonlySet<string> = new Set<NodeAddressType>([
	'InternalIP',
	'ExternalIP',
	'InternalDNS',
	'ExternalDNS',
	'Hostname',
]);

function isAddressType(type: string | undefined): type is NodeAddressType {
	return type !== undefined && addressTypes.has(type);
}

function decodeAddress(entry: JsonObject): readonly NodeAddress[] {
	const type = textAt(entry, 'type');
	const address = textAt(entry, 'address');
	return isAddressType(type) && address !== undefined ? [{type, address}] : [];
}

/** The key is `Port` in `v1.DaemonEndpoint`; 0 means unknown. */
function kubeletPort(status: JsonObject): number | undefined {
	const port = integerAt(objectAt(objectAt(status, 'daemonEndpoints'), 'kubeletEndpoint'), 'Port');
	return port !== undefined && port > 0 && port < 65_536 ? port : undefined;
}

function isVirtual(labels: Readonly<Record<string, string>>, taints: readonly Taint[]): boolean {
	return (
		labels.type === 'virtual-kubelet' ||
		labels['kubernetes.io/role'] === 'virtual-kubelet' ||
		labels['eks.amazonaws.com/compute-type'] === 'fargate' ||
		taints.some(taint => taint.key === 'virtual-kubelet.io/provider')
	);
}
