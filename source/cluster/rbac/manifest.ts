import {bindingName} from './binding-name.ts';
import type {Subject} from './subject.ts';

/** Rights to resources of one API group; the empty group is Kubernetes' core. */
export type Rule = {
	readonly group: string;
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
};

/**
 * All that ktop ever needs: to see who is there, and to read kubelets directly. `nodes/proxy` is left out on purpose:
 * with it one can run commands in every container (https://grahamhelton.com/blog/nodes-proxy-rce).
 */
export const LEAST_RIGHTS: readonly Rule[] = [
	{group: '', resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch']},
	{group: '', resources: ['nodes/stats', 'nodes/metrics'], verbs: ['get']},
];

/** A set of rights under the name of its ClusterRole: whoever gets the role, its rules are always the same. */
export type Role = {readonly name: string; readonly rules: readonly Rule[]};

/** All of ktop's rights. */
export const KTOP_ROLE: Role = {name: 'ktop', rules: LEAST_RIGHTS};

/** A ClusterRole and a binding for each subject, as YAML documents. */
export function roleManifest(role: Role, subjects: readonly Subject[]): string {
	return documents([clusterRole(role), ...subjects.map(subject => binding(role.name, subject))]);
}

/** The same with the service account itself, for running ktop in the cluster. */
export function serviceAccountManifest(name: string, namespace: string, role: Role): string {
	return documents([
		['apiVersion: v1', 'kind: ServiceAccount', 'metadata:', `  name: ${name}`, `  namespace: ${namespace}`],
		clusterRole(role),
		binding(role.name, {kind: 'ServiceAccount', name, namespace}),
	]);
}

/** YAML documents, one after the other. */
export function documents(all: ReadonlyArray<readonly string[]>): string {
	return `${all.map(lines => lines.join('\n')).join('\n---\n')}\n`;
}

function clusterRole({name, rules}: Role): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRole',
		'metadata:',
		`  name: ${quoted(name)}`,
		'rules:',
		...rules.flatMap(({group, resources, verbs}) => [
			`  - apiGroups: [${quoted(group)}]`,
			`    resources: [${resources.map(quoted).join(', ')}]`,
			`    verbs: [${verbs.map(quoted).join(', ')}]`,
		]),
	];
}

function binding(role: string, subject: Subject): readonly string[] {
	return [
		'apiVersion: rbac.authorization.k8s.io/v1',
		'kind: ClusterRoleBinding',
		'metadata:',
		`  name: ${quoted(bindingName(role, subject))}`,
		'roleRef:',
		'  apiGroup: rbac.authorization.k8s.io',
		'  kind: ClusterRole',
		`  name: ${quoted(role)}`,
		'subjects:',
		`  - kind: ${subject.kind}`,
		`    name: ${quoted(subject.name)}`,
		subject.kind === 'ServiceAccount'
			? `    namespace: ${subject.namespace}`
			: '    apiGroup: rbac.authorization.k8s.io',
	];
}

/** JSON's strings are YAML's too, whatever is in them. */
export function quoted(text: string): string {
	return JSON.stringify(text);
}
