import type {RbacSubject} from './subject.ts';

/** The RBAC subject of a user name; `system:serviceaccount:NAMESPACE:NAME` is a service account. */
export function subjectOfUser(user: string): RbacSubject {
	const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
	return namespace === undefined || name === undefined
		? {kind: 'User', name: user}
		: {kind: 'ServiceAccount', name, namespace};
}
