import type {Controller} from '../../metrics/model/controller.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, textAt, timeAt} from './json-field.ts';

/** The API fills in this number where a manifest has none (apps/v1, `spec.replicas`). */
const DEFAULT_REPLICAS = 1;

/** A decoder of Deployments or StatefulSets. */
export const decodeReplicated =
	(kind: 'Deployment' | 'StatefulSet') =>
	(object: unknown): Controller | undefined =>
		decode(object, kind, ({spec}) => integerAt(spec, 'replicas') ?? DEFAULT_REPLICAS);

/** A DaemonSet wants a pod on each node that it selects; its controller counts them. */
export const decodeDaemonSet = (object: unknown): Controller | undefined =>
	decode(object, 'DaemonSet', ({status}) => integerAt(status, 'desiredNumberScheduled'));

function decode(
	object: unknown,
	kind: string,
	wantedOf: (object: Readonly<Record<'spec' | 'status', JsonObject>>) => number | undefined,
): Controller | undefined {
	if (!isJsonObject(object)) {
		return undefined;
	}

	const metadata = objectAt(object, 'metadata');
	const [namespace, name] = [textAt(metadata, 'namespace'), textAt(metadata, 'name')];
	if (namespace === undefined || name === undefined) {
		return undefined;
	}

	const wantedPods = wantedOf({spec: objectAt(object, 'spec'), status: objectAt(object, 'status')});
	return {
		kind,
		namespace,
		name,
		wantedPods: wantedPods !== undefined && wantedPods >= 0 ? wantedPods : undefined,
		createdAtMs: timeAt(metadata, 'creationTimestamp'),
	};
}
