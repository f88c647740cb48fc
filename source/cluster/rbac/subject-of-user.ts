import type {Subject} from './subject.ts';

/** The subject of a user's name as the API server knows it: service accounts have names of their own form. */
export function subjectOfUser(user: string): Subject {
	const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
	return namespace === undefined || name === undefined
		? {kind: 'User', name: user}
		: {kind: 'ServiceAccount', name, namespace};
}
