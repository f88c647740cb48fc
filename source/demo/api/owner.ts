import type {JsonFields} from '../json-fields.ts';
import {randomOf, uuid} from '../model/random.ts';

type OwnerKind = 'DaemonSet' | 'Job' | 'ReplicaSet' | 'StatefulSet';

/** Cached, because an owner has many pods and creating a uid is slow. */
const uids = new Map<string, string>();

/** The reference to a pod's controller, with the same uid in all of its pods. */
export function ownerReference(kind: OwnerKind, namespace: string, name: string): JsonFields {
	return {
		apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
		kind,
		name,
		uid: uidOf(kind, namespace, name),
		controller: true,
		blockOwnerDeletion: true,
	};
}

function uidOf(kind: OwnerKind, namespace: string, name: string): string {
	const key = `${kind}/${namespace}/${name}`;
	const uid = uids.get(key) ?? uuid(randomOf(key));
	uids.set(key, uid);
	return uid;
}
