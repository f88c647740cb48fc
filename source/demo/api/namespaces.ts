import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {randomOf, uuid} from '../model/random.ts';
import {DAEMONS, WORKLOADS} from '../model/workloads.ts';
import type {Item} from './item.ts';

/** The default namespaces and those of the workloads. */
const NAMES = [
	...new Set([
		'default',
		'kube-node-lease',
		'kube-public',
		...[...DAEMONS, ...WORKLOADS].map(({namespace}) => namespace),
	]),
].sort();

const AGE_MS = 40 * 86_400_000;

export function namespaceItems({bornMs}: ClusterModel): readonly Item[] {
	const changedMs = bornMs - AGE_MS;
	return NAMES.map((name, index) => {
		const labels = {'kubernetes.io/metadata.name': name};
		const object: JsonFields = {
			metadata: {
				name,
				uid: uuid(randomOf('namespace', name)),
				resourceVersion: String(changedMs),
				creationTimestamp: stamp(changedMs),
				labels,
			},
			spec: {finalizers: ['kubernetes']},
			status: {phase: 'Active'},
		};
		return {
			place: index,
			labels: () => labels,
			fields: () => ({'metadata.name': name, 'status.phase': 'Active'}),
			isChanging: false,
			changedMs: () => changedMs,
			toObject: () => object,
		};
	});
}
